/**
 * A network in one process: hosts with addresses and names, links with latency, loss and limits, and a transport for each host.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const network = createNetwork({ link: { latency: 20 } });
 * const db = createNet(network.host('db', '10.0.0.5'));
 * const host = network.host('app', '10.0.0.6');
 * const app = createNet({ tcp: host.tcp, lookup: host.lookup });
 *
 * const server = db.createServer((socket) => socket.end(`hello ${socket.remoteAddress}`)).listen(5432, '10.0.0.5');
 * const client = app.connect(5432, 'db').setEncoding('utf8');
 * client.on('data', (text) => console.log(text)); // prints hello 10.0.0.6
 * client.on('close', () => server.close());
 * ```
 * @packageDocumentation
 */
export { createNetwork, Network, type NetworkOptions } from './network/network.js';
export { Host, type OpenOnHost } from './network/host.js';
export type { Limits } from './base/limits.js';
export { conditionsOf, type LinkConditions } from './link/link-conditions.js';
export { checkNames, knownOptions } from './base/known-options.js';
export type { Path } from './link/path.js';
export type { LookupAddress, NameRecord, Names } from './network/names.js';
export type { Lookup, LookupCallback, LookupOptions } from './network/lookup.js';
export type { EventKind, NetworkEvent, Observer } from './base/network-event.js';
export type { MemoryConnection } from './kernel/connection.js';
export type { MemoryListener } from './kernel/listener.js';
export type { Flow } from './flow/flow.js';
export { explain, explainListener } from './kernel/explain.js';
export type { Timers } from './program/program-timers.js';
export type { Enter } from './program/program.js';
export { systemTime, type Task, type Time } from './base/time.js';
export { VirtualTime } from './base/virtual-time.js';
export { Random } from './base/random.js';
