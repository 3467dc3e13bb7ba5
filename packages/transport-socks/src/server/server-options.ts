import { addressPolicy, publicOnly, type AddressPolicy, type AddressPolicyOptions } from '@netstrata/ip-utils/policy';
import { invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { resolvesNames, type InetEndpoint, type NameEndpoint, type Transport } from '@netstrata/transport';
import type { Lookup } from '@netstrata/transport/hosts';
import {
  checkFields, checkFunction, countOf, timeOf, timersOf, transportOf, type Timers,
} from '@netstrata/transport/layers';
import { lookupOf } from '../options/lookup.js';
import type { Remote } from './byte-stream.js';
import { hostRulesOf, type HostRules } from './host-rules.js';

/** Whether a user may pass. `remote` is where the client is, null where its stream does not tell. */
export type Authenticate = (
  user: string,
  password: string,
  client: { readonly remote: Remote | null },
) => boolean | PromiseLike<boolean>;

/** What was refused here, before `over` was asked for it. */
export interface SocksRefusal {
  /**
   * `EACCES` for what may not be, `ENOTFOUND` for text that is no name, `EOPNOTSUPP` for commands that there are none of, `EPROTO` for what
   * is no SOCKS5.
   */
  readonly code: 'EACCES' | 'ENOTFOUND' | 'EOPNOTSUPP' | 'EPROTO';
  /** What was asked for; null where nothing was. */
  readonly endpoint: InetEndpoint | NameEndpoint | null;
  /** Where the client is, null where its stream does not tell. */
  readonly remote: Remote | null;
}

/** Who may come in, what may be dialled, and how much of it. */
export interface SocksServerOptions {
  /** What carries the connections that clients ask for. */
  readonly over: Transport;
  /** What listens for BIND; `over` when not given. */
  readonly listenOver?: Transport | undefined;
  /**
   * Whether clients may listen here (BIND): false when not given, true for every address and the ports from 1024 on, or a policy for
   * addresses and ports, where a rule for some ports does not hold for port 0, any that is free.
   */
  readonly bind?: boolean | AddressPolicy | AddressPolicyOptions | undefined;
  /**
   * For names, which are then judged by each of their addresses. The runtime's `dns.lookup` when not given; but where `over` resolves names
   * they are passed on to it, and judged by `hosts` alone.
   */
  readonly lookup?: Lookup | undefined;
  /** For names that clients want to listen on (BIND); `lookup` when not given. */
  readonly bindLookup?: Lookup | undefined;
  /** When given, every client has to say who it is. */
  readonly authenticate?: Authenticate | undefined;
  /** Where clients may go, judged for every address at the moment of each dial; `publicOnly` of `@netstrata/ip-utils` when not given. */
  readonly policy?: AddressPolicy | AddressPolicyOptions | undefined;
  /**
   * Names that clients may ask for: names, `*.name`, `*`. When not given: all where names are looked up here, and none where `over`
   * resolves them, as nobody sees where those lead.
   */
  readonly hosts?: readonly string[] | undefined;
  /** Milliseconds that a client may take until it has said what it wants, `authenticate` included; 10,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds for looking up a name, and again for connecting to one of its addresses; 20,000. */
  readonly dialTimeout?: number | undefined;
  /** Milliseconds without a byte in either direction, after which a connection is reset; never when not given. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds that a client may wait for somebody to connect to its port (BIND); without end when not given. */
  readonly bindTimeout?: number | undefined;
  /** Clients at a time; those beyond are reset. 1024. */
  readonly maxConnections?: number | undefined;
  /** Hears of each request that is refused here. */
  readonly onRefused?: ((refusal: SocksRefusal) => void) | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}

const NAMES = Object.keys({
  over: true, listenOver: true, bind: true, lookup: true, bindLookup: true, authenticate: true, policy: true, hosts: true, timeout: true,
  dialTimeout: true, idleTimeout: true, bindTimeout: true, maxConnections: true, onRefused: true, clock: true,
} satisfies Record<keyof SocksServerOptions, true>) as readonly (keyof SocksServerOptions)[];

const TIMEOUT = 10_000;
const DIAL_TIMEOUT = 20_000;
const MOST = 1024;

/** Whether an address and a port are allowed. */
type Judge = (address: string, port: number) => boolean;

export interface ServerSettings {
  readonly over: Transport;
  readonly listenOver: Transport;
  /** Where BIND is allowed; null for nowhere. */
  readonly mayListen: Judge | null;
  /** Null where names are passed on. */
  readonly lookup: Lookup | null;
  /** Null where names are not listened on. */
  readonly bindLookup: Lookup | null;
  readonly authenticate: Authenticate | null;
  readonly mayGo: Judge;
  readonly mayAsk: HostRules;
  readonly timeout: number;
  readonly dialTimeout: number;
  readonly idleTimeout: number | null;
  readonly bindTimeout: number | null;
  readonly maxConnections: number;
  readonly onRefused: ((refusal: SocksRefusal) => void) | null;
  readonly timers: Timers;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE. */
export function serverSettingsOf(given: SocksServerOptions): ServerSettings {
  // A server whose `authenticate` has a typo would let everybody in.
  checkFields('options', given, NAMES);
  const options = optionsOf(given, NAMES);
  const over = transportOf('options.over', options.over);
  const listenOver = options.listenOver === undefined ? over : transportOf('options.listenOver', options.listenOver);
  const bind = bindOf(options.bind, listenOver);
  if (options.authenticate !== undefined) checkFunction('options.authenticate', options.authenticate);
  if (options.onRefused !== undefined) checkFunction('options.onRefused', options.onRefused);
  const passesOn = options.lookup === undefined && resolvesNames(over);
  const lookup = passesOn ? null : lookupOf(options.lookup);
  return {
    over,
    listenOver,
    mayListen: bind && judgeOf(bind),
    lookup,
    bindLookup: options.bindLookup === undefined ? lookup : lookupOf(options.bindLookup),
    authenticate: options.authenticate ?? null,
    mayGo: judgeOf(options.policy === undefined ? publicOnly : policyOf('options.policy', options.policy)),
    mayAsk: options.hosts === undefined ? () => lookup !== null : hostRulesOf(options.hosts),
    timeout: timeOf('options.timeout', options.timeout, TIMEOUT),
    dialTimeout: timeOf('options.dialTimeout', options.dialTimeout, DIAL_TIMEOUT),
    idleTimeout: options.idleTimeout === undefined ? null : timeOf('options.idleTimeout', options.idleTimeout, 0),
    bindTimeout: options.bindTimeout === undefined ? null : timeOf('options.bindTimeout', options.bindTimeout, 0),
    maxConnections: countOf('options.maxConnections', options.maxConnections, MOST),
    onRefused: options.onRefused ?? null,
    timers: timersOf(options.clock),
  };
}

/** A policy of the user's own that fails allows nothing. */
function judgeOf(policy: AddressPolicy): Judge {
  return (address, port) => {
    try {
      const { allowed }: { readonly allowed: unknown } = policy.check(address, port);
      return allowed === true;
    } catch {
      return false;
    }
  };
}

function policyOf(name: string, given: unknown): AddressPolicy {
  if (typeof given !== 'object' || given === null) throw invalidArgType(name, 'of type object', given);
  const { check } = given as Partial<AddressPolicy>;
  return typeof check === 'function' ? (given as AddressPolicy) : addressPolicy(given);
}

function bindOf(given: unknown, listenOver: Transport): AddressPolicy | null {
  if (given === undefined || given === false) return null;
  if (!listenOver.capabilities.listen) throw invalidArgValue('options.bind', given, 'needs a transport that listens');
  return given === true ? unprivileged() : policyOf('options.bind', given);
}

/** Ports below 1024 are those of services. */
function unprivileged(): AddressPolicy {
  const port = [1, 1023] as const;
  return addressPolicy({ default: 'allow', deny: [{ cidr: '0.0.0.0/0', port }, { cidr: '::/0', port }] });
}
