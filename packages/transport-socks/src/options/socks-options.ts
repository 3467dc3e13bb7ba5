import { invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { resolvesNames, type Transport } from '@netstrata/transport';
import type { Lookup } from '@netstrata/transport/hosts';
import { flagOf, timeOf, timersOf, transportOf, type Timers } from '@netstrata/transport/layers';
import { lookupOf, noLookup } from './lookup.js';
import { proxyOf, type Proxy } from './proxy.js';

/** Which proxy, and how it is spoken to. */
export interface SocksOptions {
  /** What carries the connection to the proxy: `tcp`, a network in memory, another proxy ... */
  readonly over: Transport;
  /**
   * Where host names become addresses: 'there', at the proxy, which gets them as they are; or 'here', by who dials, and the transport takes
   * addresses only. 'there' when not given, and 'here' with SOCKS4, which knows no names.
   */
  readonly resolve?: 'there' | 'here' | undefined;
  /** For the proxy's own name, where `over` resolves none; the runtime's `dns.lookup` when not given. */
  readonly lookup?: Lookup | undefined;
  /** Milliseconds for all until the connection stands; 30,000. */
  readonly timeout?: number | undefined;
  /**
   * All is said to the proxy in one flight, without waiting for its answers. Of SOCKS5 only: the others do so anyway. Some servers lose
   * what comes together with the greeting.
   */
  readonly pipeline?: boolean | undefined;
  /**
   * `pipeline`, and the first bytes of the caller's in the same flight: `onConnect` comes as soon as the proxy is connected, and a refusal
   * later as `onClose(error)`. Of SOCKS only: with HTTP it has no effect.
   */
  readonly early?: boolean | undefined;
  /**
   * A SOCKS5 proxy is asked which address a name has led to, for `remote` of the connection: by a method for private use (RFC 1928 section
   * 3), which the server of this package knows and others pass over. Not together with credentials.
   */
  readonly askRemote?: boolean | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}

const NAMES = Object.keys({
  over: true, resolve: true, lookup: true, timeout: true, pipeline: true, early: true, askRemote: true, clock: true,
} satisfies Record<keyof SocksOptions, true>) as readonly (keyof SocksOptions)[];

const TIMEOUT = 30_000;

/** A proxy and how it is used, checked. */
export interface Settings {
  readonly proxy: Proxy;
  readonly over: Transport;
  readonly resolvesThere: boolean;
  /** Null where the proxy's name needs none. */
  readonly lookup: Lookup | null;
  readonly timeout: number;
  readonly pipeline: boolean;
  readonly early: boolean;
  readonly askRemote: boolean;
  readonly timers: Timers;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE. */
export function settingsOf(given: SocksOptions): (proxy: string | URL, over?: Transport) => Settings {
  // A text may be a URL in the wrong place, with a password.
  if (typeof given !== 'object' || given === null) {
    throw invalidArgType('options', 'of type object', typeof given === 'string' ? '...' : given);
  }
  const options = optionsOf(given, NAMES);
  const { resolve } = options;
  if (resolve !== undefined && resolve !== 'there' && resolve !== 'here') {
    throw invalidArgValue('options.resolve', resolve, "must be 'there' or 'here'");
  }
  const bottom = transportOf('options.over', options.over);
  const lookup = lookupOf(options.lookup);
  const early = flagOf('options.early', options.early);
  const common = {
    lookup,
    timeout: timeOf('options.timeout', options.timeout, TIMEOUT),
    pipeline: flagOf('options.pipeline', options.pipeline) || early,
    early,
    askRemote: flagOf('options.askRemote', options.askRemote),
    timers: timersOf(options.clock),
  };
  return (url, over = bottom) => {
    const proxy = proxyOf(url);
    if ('host' in proxy.endpoint && lookup === null && !resolvesNames(over)) throw noLookup();
    const resolvesThere = proxy.protocol !== 'socks4' && (resolve ?? proxy.resolve) !== 'here';
    return { ...common, proxy, over, resolvesThere };
  };
}
