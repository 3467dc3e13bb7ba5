import { optionsOf } from '@netstrata/stream-core';
import type { InetEndpoint, ListenEndpoint, NameEndpoint, PathEndpoint } from './endpoint.js';
import type { AdoptOptions, DialOptions, ListenerOptions, OpenOptions } from './transport.js';

/*
 * What a transport is given, as its caller has meant it: nothing of it comes from `Object.prototype`. Transports and drivers read their
 * arguments through these.
 */

type All<T> = Record<keyof T, true>;
const namesOf = <T extends object>(all: All<T>): readonly (keyof T)[] => Object.keys(all) as (keyof T)[];

const CONNECT = namesOf<DialOptions>({ localAddress: true, localPort: true, typeOfService: true, from: true });
const OPEN = namesOf<OpenOptions>({ local: true, ipv6Only: true, reusePort: true });
const ADOPT = namesOf<AdoptOptions>({ lent: true, shared: true });
const LISTEN = namesOf<ListenerOptions>({
  backlog: true, ipv6Only: true, reusePort: true, readableAll: true, writableAll: true, shared: true, reclaim: true,
});
const ENDPOINT = namesOf<InetEndpoint & PathEndpoint & NameEndpoint>({
  path: true, address: true, port: true, family: true, host: true,
});

/** The options of `connect` that were given, without what a polluted `Object.prototype` would add. For those who write transports. */
export const connectOptionsOf = (given: DialOptions | undefined): DialOptions => optionsOf(given, CONNECT);
/** The same of the options of `adoptConnection`. */
export const adoptOptionsOf = (given: AdoptOptions | undefined): AdoptOptions => optionsOf(given, ADOPT);
/** The same of the options of `open`. */
export const openOptionsOf = (given: OpenOptions | undefined): OpenOptions => optionsOf(given, OPEN);
/** The same of the options of `listen` and `adoptListener`. */
export const listenOptionsOf = (given: ListenerOptions | undefined): ListenerOptions => optionsOf(given, LISTEN);
/** Any endpoint, whether it is dialled or listened on. */
export const listenEndpointOf = <T extends ListenEndpoint | NameEndpoint>(given: T): T =>
  optionsOf(given as object, ENDPOINT as readonly never[]) as T;
