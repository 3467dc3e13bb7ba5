import { optionsOf } from '@netstrata/stream-core';
import type { InetEndpoint, ListenEndpoint, PathEndpoint } from './endpoint.js';
import type { ConnectOptions, ListenOptions, OpenOptions } from './transport.js';

/*
 * What a transport is given, as its caller has meant it: nothing of it comes from `Object.prototype`. Transports and drivers read their
 * arguments through these.
 */

type All<T> = Record<keyof T, true>;
const namesOf = <T extends object>(all: All<T>): readonly (keyof T)[] => Object.keys(all) as (keyof T)[];

const CONNECT = namesOf<ConnectOptions>({ localAddress: true, localPort: true, typeOfService: true, from: true });
const OPEN = namesOf<OpenOptions>({ local: true, ipv6Only: true, reusePort: true });
const LISTEN = namesOf<ListenOptions>({
  backlog: true, ipv6Only: true, reusePort: true, readableAll: true, writableAll: true, shared: true,
});
const ENDPOINT = namesOf<InetEndpoint & PathEndpoint>({ path: true, address: true, port: true, family: true });

export const connectOptionsOf = (given: ConnectOptions | undefined): ConnectOptions => optionsOf(given, CONNECT);
export const openOptionsOf = (given: OpenOptions | undefined): OpenOptions => optionsOf(given, OPEN);
export const listenOptionsOf = (given: ListenOptions | undefined): ListenOptions => optionsOf(given, LISTEN);
export const listenEndpointOf = <T extends ListenEndpoint>(given: T): T => optionsOf(given as object, ENDPOINT as readonly never[]) as T;
