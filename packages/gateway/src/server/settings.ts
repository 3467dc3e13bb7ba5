import { lookup as systemLookup } from 'node:dns';
import { formatAddress, parseAddress } from '@netstrata/ip-utils/address';
import { clientAddress, type ClientAddressOptions } from '@netstrata/ip-utils/client-address';
import { invalidArgValue, optionsOf, outOfRange } from '@netstrata/stream-core';
import { isPlainHost } from '@netstrata/transport/hosts';
import {
  checkFields, checkFunction, countOf, LONGEST_TIME, textsOf, timersOf, transportOf, type Timers,
} from '@netstrata/transport/layers';
import { mux } from '@netstrata/transport-mux';
import { tcp } from '@netstrata/transport-tcp';
import type { GatewayEvents } from '../contract/events.js';
import type { GatewayLimits, GatewayOptions } from '../contract/options.js';
import type { GateSettings } from '../destinations/gate.js';
import { ruleSetOf, type RuleSet } from '../rules/judge.js';
import { plainName } from '../rules/rule.js';

const OPTIONS = Object.keys({
  server: true, path: true, origins: true, token: true, allow: true, deny: true, listen: true, tls: true, tlsCa: true, limits: true,
  trust: true, header: true, over: true, lookup: true, events: true, window: true, keepAlive: true, clock: true,
} satisfies Record<keyof GatewayOptions, true>) as readonly (keyof GatewayOptions)[];

const LIMITS = Object.keys({
  carriers: true, streams: true, clientCarriers: true, clientStreams: true, clientRate: true, streamIdle: true, carrierIdle: true,
  dial: true, farewell: true,
} satisfies Record<keyof GatewayLimits, true>) as readonly (keyof GatewayLimits)[];

/** Limits, checked. Times in milliseconds, null for never. */
export interface Limits {
  readonly carriers: number;
  readonly streams: number;
  readonly clientCarriers: number;
  readonly clientStreams: number;
  readonly clientRate: number;
  readonly streamIdle: number | null;
  readonly carrierIdle: number | null;
  readonly dial: number;
  readonly farewell: number;
}

/** The options of a gateway, checked and compiled. */
export interface Settings {
  readonly rules: RuleSet;
  readonly limits: Limits;
  readonly gate: GateSettings;
  readonly events: GatewayEvents;
  readonly address: ClientAddressOptions;
  readonly window: number | undefined;
  readonly keepAlive: number | false | undefined;
  readonly timers: Timers;
  readonly given: GatewayOptions;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE: what is wrong is named, and a rule is shown. */
export function settingsOf(options: GatewayOptions): Settings {
  checkFields('options', options, OPTIONS);
  const given = optionsOf(options, OPTIONS);
  const limits = limitsOf(given.limits);
  const timers = timersOf(given.clock);
  const over = transportOf('options.over', given.over ?? tcp);
  const address = { trust: given.trust, header: given.header };
  clientAddress({}, address);
  const events = given.events ?? {};
  const lookup = given.lookup ?? systemLookup;
  checkFunction('options.lookup', lookup);
  return {
    rules: ruleSetOf(given),
    limits,
    gate: {
      over, lookup, dialTimeout: limits.dial, timers, events,
      tls: tlsOf(given.tls), trusting: { ca: caOf(given.tlsCa), timeout: limits.dial, timers },
    },
    events,
    address,
    ...sessionOf(given),
    timers,
    given,
  };
}

/** What sessions are made with, checked by what makes them: of a client that comes later it would be a fault of the gateway. */
function sessionOf({ window, keepAlive }: GatewayOptions): Pick<Settings, 'window' | 'keepAlive'> {
  mux(() => { throw new Error('nothing is dialled'); }, { window, keepAlive }).close();
  return { window, keepAlive };
}

function limitsOf(given: GatewayLimits | undefined): Limits {
  if (given !== undefined) checkFields('options.limits', given, LIMITS);
  const limits = optionsOf(given, LIMITS);
  return {
    carriers: countOf('options.limits.carriers', limits.carriers, 1024),
    streams: countOf('options.limits.streams', limits.streams, 16_384),
    clientCarriers: countOf('options.limits.clientCarriers', limits.clientCarriers, 16),
    clientStreams: countOf('options.limits.clientStreams', limits.clientStreams, 1024),
    clientRate: countOf('options.limits.clientRate', limits.clientRate, Infinity),
    streamIdle: timeLimitOf('options.limits.streamIdle', limits.streamIdle, Infinity),
    carrierIdle: timeLimitOf('options.limits.carrierIdle', limits.carrierIdle, 600_000),
    dial: timeLimitOf('options.limits.dial', limits.dial, 20_000) ?? 20_000,
    farewell: timeLimitOf('options.limits.farewell', limits.farewell, 30_000) ?? 30_000,
  };
}

/** Milliseconds, or Infinity: null for never. */
function timeLimitOf(name: string, given: unknown, otherwise: number): number | null {
  const time = countOf(name, given, otherwise);
  if (time === Infinity) return null;
  if (time > LONGEST_TIME) throw outOfRange(name, `an integer >= 1 && <= ${LONGEST_TIME}, or Infinity`, time);
  return time;
}

/** `name:port`: each exactly one destination. */
function tlsOf(given: readonly string[] | undefined): ReadonlySet<string> {
  return new Set(textsOf('options.tls', given ?? []).map((text, at) => {
    const match = /^(?:\[([\da-fA-F:.]+)\]|([^:]+)):([1-9]\d{0,4})$/.exec(text);
    const given = match?.[1] ?? match?.[2] ?? '';
    const address = parseAddress(given);
    // As it is asked for: in lower case, and an address in its one canonical text.
    const host = address === null ? plainName(given) : formatAddress(address);
    if (match === null || !isPlainHost(host) || Number(match[3]) > 65_535) {
      throw invalidArgValue(`options.tls[${at}]`, text, "must be a host and a port, as 'redis.internal:6380'");
    }
    return `${host}:${match[3]}`;
  }));
}

function caOf(given: string | readonly string[] | undefined): readonly string[] | null {
  if (given === undefined) return null;
  return typeof given === 'string' ? [given] : textsOf('options.tlsCa', given);
}
