import { isPathEndpoint } from '@netstrata/transport';
import type { Limits } from '../base/limits.js';
import type { Place } from '../base/place.js';
import type { Random } from '../base/random.js';
import type { Time } from '../base/time.js';
import type { Trace } from '../base/trace.js';
import type { HostStatus } from '../flow/flow-end.js';
import type { Program } from '../program/program.js';
import type { MemoryConnection } from './connection.js';
import { IpcConnection } from './ipc-connection.js';
import type { ConnectionKernel, KernelEnd } from './kernel-end.js';
import type { ListenerKernel, MemoryListener } from './listener.js';
import { covers, Ports } from './ports.js';
import { TcpConnection } from './tcp-connection.js';

/** What a kernel asks of its host. */
export interface KernelHost extends HostStatus {
  readonly places: readonly Place[];
  readonly limits: Readonly<Limits>;
  readonly random: Random;
}

/** The kernel of a host, from a start of the host to its crash. Owns its sockets: ports, paths, connections, listeners, and open files. */
export class Kernel implements ConnectionKernel, ListenerKernel {
  readonly host: KernelHost;
  readonly limits: Readonly<Limits>;
  readonly program: Program;
  readonly time: Time;
  readonly trace: Trace;
  readonly ports = new Ports();
  readonly connections = new Set<MemoryConnection>();
  readonly listeners = new Set<MemoryListener>();
  readonly paths = new Map<string, MemoryListener>();
  openFiles = 0;

  constructor(host: KernelHost, program: Program, trace: Trace) {
    this.host = host;
    this.limits = host.limits;
    this.program = program;
    this.time = program.time;
    this.trace = trace;
  }

  get hasCrashed(): boolean { return this.program.hasCrashed; }

  openFile(): boolean {
    const hasRoom = this.openFiles < this.limits.openFiles;
    if (hasRoom) this.openFiles++;
    else this.host.encounters.files++;
    return hasRoom;
  }

  closeFile(): void {
    this.openFiles--;
  }

  createConnection(medium: 'tcp' | 'ipc'): MemoryConnection {
    const connection = medium === 'tcp' ? new TcpConnection(this) : new IpcConnection(this);
    this.connections.add(connection);
    return connection;
  }

  /** What listens there: on the address itself, or on every address. */
  listenerAt(place: Place, port: number): MemoryListener | null {
    const all = [...this.listeners].filter((one) => one.binding?.port === port && one.isListening && covers(one.binding, { place }));
    const exact = all.filter((one) => one.binding?.place.isAny === false);
    const fitting = exact.length > 0 ? exact : all;
    return fitting.length < 2 ? (fitting[0] ?? null) : this.host.random.pick(fitting);
  }

  /** Whether an address is one of its host. */
  hasAddress({ key, isLoopback, isAny }: Place): boolean {
    return isLoopback || isAny || this.host.places.some((place) => place.key === key);
  }

  listens(listener: MemoryListener): void {
    this.listeners.add(listener);
    this.#traceListener('listen', listener);
  }

  unlistens(listener: MemoryListener): void {
    this.listeners.delete(listener);
    this.closeFile();
    if (listener.binding !== null) this.ports.unbind(listener.binding);
    else if (isPathEndpoint(listener.where)) this.paths.delete(listener.where.path);
    this.#traceListener('unlisten', listener);
  }

  forget(connection: KernelEnd): void {
    (this.connections as Set<KernelEnd>).delete(connection);
    if (connection.binding !== null) this.ports.unbind(connection.binding);
    if (connection.pair === '') return;
    // TIME_WAIT: what is still in flight must not arrive at another connection of the same pair.
    const { outgoing, wasFirst } = connection;
    const waits = outgoing !== null && wasFirst && this.limits.timeWait > 0 && outgoing.to.host !== this.host;
    if (waits) this.time.after(this.limits.timeWait, releasePair, { ports: this.ports, pair: connection.pair }, true);
    else this.ports.release(connection.pair);
  }

  /** Its host has crashed, and its program with it: peers are not informed. */
  crash(): void {
    for (const connection of this.connections) connection.crashed();
  }

  #traceListener(kind: 'listen' | 'unlisten', { where }: MemoryListener): void {
    // Code of a program that has crashed may still call something.
    if (!this.hasCrashed) this.trace.listener(kind, this.host.name, where);
  }
}

function releasePair({ ports, pair }: { readonly ports: Ports; readonly pair: string }): void { ports.release(pair); }
