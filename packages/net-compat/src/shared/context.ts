import { bare, optionsOf } from '@netstrata/stream-core';
import type { Transport } from '@netstrata/transport';
import { systemClock, type Clock } from '../runtime/clock.js';
import type { FamilySelection } from '../args/validate.js';
import { checkTransport } from '../args/check-transport.js';
import { noTransport } from '../args/errors.js';
import { builtinNet, defaultHighWaterMark, familySelection, readsChunks, runtimeLookup, type LookupFunction } from '../runtime/runtime.js';
import type { WhatWorked } from './what-worked.js';
import { routesOf, type BothRoutes, type Route, type Routes } from './routes.js';
import type { SocketFace } from './socket-face.js';

/** What a net is made of. */
export interface NetOptions {
  /** Carries addresses and ports. */
  tcp?: Transport | undefined;
  /** Carries paths. */
  ipc?: Transport | undefined;
  /** What some hosts and ports are reached by in place of `tcp`: the first route that matches. The list is copied. */
  routes?: readonly Route[] | undefined;
  /** Resolves host names; Node's `dns.lookup` where there is one. */
  lookup?: LookupFunction | undefined;
  /** Where time comes from; the runtime's when not given. */
  clock?: Clock | undefined;
  /**
   * False: the writes of a tick leave one by one, as with `node:net`, and not together at its end. For all sockets of this net that are not
   * told otherwise.
   */
  gather?: boolean | undefined;
  /** True: what is read is cut from memory that connections share, which is cheaper for short messages; see `SocketOptions`. Likewise. */
  pooledReads?: boolean | undefined;
  /** In place of what the running version of Node does: for a net that shall behave alike on all of them. */
  behaviour?: Behaviour | undefined;
}

/** What versions of Node do differently. Each is the running version's where it is not given. */
export interface Behaviour {
  /** The high-water mark of streams that are given none: 16,384 on Node 20, 65,536 from 22 on. */
  readonly highWaterMark?: number | undefined;
  /** Whether `read()` gives the first chunk that waits, as from Node 26 on, or all that does. */
  readonly readsChunks?: boolean | undefined;
  /** Whether all addresses of a name are tried, and how. */
  readonly autoSelectFamily?: FamilySelection | undefined;
  /** Milliseconds. */
  readonly autoSelectFamilyAttemptTimeout?: number | undefined;
}

/** What the sockets and servers of one net share. */
export interface NetContext {
  tcp: Transport | undefined;
  ipc: Transport | undefined;
  /** For dials. Null: all goes to `tcp`, as addresses. */
  readonly routes: Routes | null;
  /** Likewise for listening. */
  readonly listenRoutes: Routes | null;
  /** Dials are judged, or have a route: none may go past this net. */
  readonly isConfined: boolean;
  lookup: LookupFunction | undefined;
  clock: Clock;
  /** The class of sockets that servers make. */
  Socket: (new (options: object) => SocketFace) & { readonly prototype: object };
  autoSelectFamily: boolean;
  /** Attempts at several addresses overlap. */
  readonly races: boolean;
  /** What is known of hosts from earlier races. */
  worked: WhatWorked | null;
  autoSelectFamilyAttemptTimeout: number;
  readonly gather: boolean;
  readonly pooledReads: boolean;
  readonly readsChunks: boolean;
  /** Node's default can be changed by the program: undefined, and it is asked for each time. */
  readonly highWaterMark: number | undefined;
}

/** @internal Where a class keeps the context of its net: on its prototype. */
export const context = Symbol('netstrata.context');

const NO_ROUTES: BothRoutes = { routes: null, listenRoutes: null };

export function createContext(given: NetOptions): NetContext {
  const options = optionsOf(given, ['tcp', 'ipc', 'routes', 'lookup', 'clock', 'gather', 'pooledReads', 'behaviour']);
  const behaviour = optionsOf(options.behaviour, ['highWaterMark', 'readsChunks', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout']);
  const { tcp, ipc } = options;
  if (tcp !== undefined) checkTransport(tcp, 'options.tcp');
  if (ipc !== undefined) checkTransport(ipc, 'options.ipc');
  return {
    tcp,
    ipc,
    ...(options.routes === undefined && tcp === undefined ? NO_ROUTES : routesOf(options.routes, tcp)),
    isConfined: false,
    lookup: options.lookup ?? runtimeLookup,
    clock: options.clock ?? systemClock,
    Socket: undefined as unknown as NetContext['Socket'],
    races: (behaviour.autoSelectFamily ?? familySelection) === 'race',
    worked: null,
    autoSelectFamily: Boolean(behaviour.autoSelectFamily ?? builtinNet?.getDefaultAutoSelectFamily?.() ?? true),
    autoSelectFamilyAttemptTimeout:
      behaviour.autoSelectFamilyAttemptTimeout ?? builtinNet?.getDefaultAutoSelectFamilyAttemptTimeout?.() ?? 250,
    gather: options.gather !== false,
    pooledReads: options.pooledReads === true,
    readsChunks: behaviour.readsChunks ?? readsChunks,
    highWaterMark: behaviour.highWaterMark,
  };
}

/** The net that a program gets when it does not make its own. The main entry gives it its transports. */
export const defaultContext = createContext({});

// It shares its defaults with the builtin: `http` and its like ask that one.
const {
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
} = builtinNet ?? {};
if (setDefaultAutoSelectFamily && setDefaultAutoSelectFamilyAttemptTimeout) {
  Object.defineProperties(defaultContext, {
    autoSelectFamily: bare({ get: getDefaultAutoSelectFamily, set: setDefaultAutoSelectFamily }),
    autoSelectFamilyAttemptTimeout: bare({ get: getDefaultAutoSelectFamilyAttemptTimeout, set: setDefaultAutoSelectFamilyAttemptTimeout }),
  });
}

export function contextOf(owner: object): NetContext {
  return (owner as { [context]: NetContext })[context];
}

export function highWaterMarkOf(net: NetContext): number {
  return net.highWaterMark ?? defaultHighWaterMark();
}

/** Transports that dial with what another one has opened, each with that one: policies that `register` was told. */
export const bases = new WeakMap<Transport, Transport>();

export function baseOf(transport: Transport): Transport {
  return bases.get(transport) ?? transport;
}

/** What `tcp` carries, in the words of errors. */
export const PLACES = 'addresses and ports';

/** What an address goes by: one that was given as such, or one of a host's. */
export function transportTo(net: NetContext, address: string, port: number, host = address): Transport | undefined {
  return net.routes === null ? net.tcp : net.routes.ofAddress(address, port, host);
}

/** What listens on an address, likewise. */
export function listenerAt(net: NetContext, address: string, port: number, host = address): Transport | undefined {
  return net.listenRoutes === null ? net.tcp : net.listenRoutes.ofAddress(address, port, host);
}

/** Throws ERR_NO_TRANSPORT where there is none. */
export function known(transport: Transport | undefined, forWhat: string): Transport {
  if (transport === undefined) throw noTransport(forWhat);
  return transport;
}

export function ipcOf(net: NetContext): Transport {
  return known(net.ipc, 'paths');
}

/** The transport that takes over native handles and descriptors. */
export function adopterOf(net: NetContext): Transport {
  const transport = net.tcp?.adoptConnection !== undefined ? net.tcp : net.ipc;
  if (transport?.adoptConnection === undefined) throw noTransport('handles and descriptors');
  return transport;
}
