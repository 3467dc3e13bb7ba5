/**
 * A deterministic network to test `net` code against: hosts, links and virtual time; crashes, partitions and resets; replay by seed.
 *
 * @example
 * ```js
 * import { simulate } from '@netstrata/simulation';
 *
 * const world = simulate({ seed: 7, link: { latency: 5, jitter: 3 } });
 * const answer = await world.run(async (world) => {
 *   const server = world.host('server', { boot: ({ net }) => net.createServer((socket) => socket.pipe(socket)).listen(7) });
 *   server.crash();
 *   world.after(60_000, () => server.restart());
 *
 *   const socket = world.host('client').net.connect(7, 'server'); // asks again and again, as a kernel does
 *   socket.write('hello');
 *   return new Promise((resolve) => socket.once('data', resolve));
 * });
 * console.log(String(answer), world.now > 60_000); // prints hello true
 * ```
 * @packageDocumentation
 */
export { simulate, World, type Outcome, type Scenario } from './world/world.js';
export type { SimulateOptions } from './world/simulate-options.js';
export { WorldHost, type HostOptions, type Program } from './world/world-host.js';
export type { AttachedClock } from './clock/attached-clocks.js';
export { explore, type Explored, type ExploreOptions, type Found } from './explore/explore.js';
export { shrinkList } from './explore/shrink.js';
export type { Fault, FaultKind, HostFault, HostFaultKind, HostRef } from './faults/fault.js';
export type { LinkFault, PartitionFault, ResetFault, SlowReaderFault } from './faults/fault.js';
export { drawLink, type Chaos } from './faults/draw.js';
export type { EntryKind, Timeline, TimelineEntry } from './timeline/timeline.js';
export { installGlobals } from './globals/globals.js';
export type { WorldClock, WorldTimer } from './clock/world-clock.js';
export type { EventKind, Host, Network, VirtualTime } from '@netstrata/transport-memory';
export { Random, type LinkConditions, type Limits, type NameRecord } from '@netstrata/transport-memory';
