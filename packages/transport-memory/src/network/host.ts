import { isPathEndpoint, type Transport } from '@netstrata/transport';
import { placeOf, type Place } from '../base/place.js';
import { checkAddress } from '../base/check.js';
import type { MemoryConnection } from '../kernel/connection.js';
import type { KernelEnd } from '../kernel/kernel-end.js';
import { IpcConnection, IpcTransport } from '../transports/ipc.js';
import { limitsOf, type Limits } from '../base/limits.js';
import type { MemoryListener } from '../kernel/listener.js';
import { lookupOf, type Lookup } from './names.js';
import type { Network } from './network.js';
import { timersOf, type Timers } from '../program/program-timers.js';
import type { Random } from '../base/random.js';
import type { Reporter } from '../program/reporter.js';
import { Stack } from '../kernel/kernel.js';
import { TcpConnection } from '../kernel/tcp-connection.js';
import { TcpTransport } from '../transports/tcp.js';

/** A machine in a network: addresses, ports, paths, and the transports over them. */
export class Host {
  readonly network: Network;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly places: readonly Place[];
  readonly limits: Limits;
  readonly random: Random;
  /** Carries addresses and ports: for `createNet({ tcp })`. It belongs to the program that runs now, and ends with it in a crash. */
  tcp!: Transport;
  /** Carries paths: for `createNet({ ipc })`. */
  ipc!: Transport;
  /** Runs a task after some milliseconds: not while the program stands still, and never after a crash. Call what it returns to forget it. */
  timers!: Timers;
  /** Resolves a name as a program on this host does: of the shape of Node's `dns.lookup`. */
  lookup!: Lookup;
  /** @internal */
  stack!: Stack;
  #isUp = true;
  #isPaused = false;
  /** What a program that stands still will be told. */
  #held: Reporter[] = [];
  readonly #refused = new Gate();
  readonly #ignored = new Gate();

  /** @internal Use `network.host`. */
  constructor(network: Network, name: string, addresses: readonly string[], limits: Limits) {
    addresses.forEach(checkAddress);
    this.network = network;
    this.name = name;
    this.addresses = addresses;
    this.places = addresses.map(placeOf);
    this.limits = limits;
    this.random = network.random.fork(`host ${name}`);
    this.#start();
  }

  /** A kernel without a past, and what its program has of it. */
  #start(): void {
    this.stack = new Stack(this);
    this.tcp = new TcpTransport(this.stack);
    this.ipc = new IpcTransport(this.stack);
    this.timers = timersOf(this.stack);
    this.lookup = lookupOf(this, this.timers);
  }

  /** Whether it runs: it has not crashed, or is up again. */
  get isUp(): boolean { return this.#isUp; }
  /** Whether its program stands still. */
  get isPaused(): boolean { return this.#isPaused; }

  /** Runs a task of its program after some time; see `timers`. */
  later(milliseconds: number, task: () => void): () => void {
    return this.timers(milliseconds, task);
  }

  // ---- what may befall it -------------------------------------------------------------------------------------------

  /** Its program stands still (a long computation, a stopped process); the kernel goes on: it takes bytes and connections as far as there is room. */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.network.tellHost('host', this.name, 'paused');
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.network.tellHost('host', this.name, 'resumed');
    const held = this.#held;
    this.#held = [];
    for (const reporter of held) reporter.schedule();
  }

  /** Everything on it is gone at once, and nobody is told: neither its own program, nor a peer. */
  crash(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#isPaused = false;
    this.#held = [];
    this.stack.isDead = true;
    for (const connection of this.stack.connections) connection.crashed();
    for (const forget of this.stack.timers.values()) forget();
    this.network.tellHost('host', this.name, 'crashed');
    this.network.pathsChanged();
  }

  /** Up again, with nothing left of what there was: `tcp` and `ipc` are new. */
  restart(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#start();
    this.network.tellHost('host', this.name, 'restarted');
    this.network.pathsChanged();
  }

  /** Whoever dials it is refused, or only those who dial one port. What stands goes on. */
  refuse(on: boolean, port?: number): void { this.#refused.set(on, port); }
  /** Whoever dials it gets no answer at all. */
  ignore(on: boolean, port?: number): void { this.#ignored.set(on, port); }
  isRefusing(port: number): boolean { return this.#refused.has(port); }
  isIgnoring(port: number): boolean { return this.#ignored.has(port); }

  changeLimits(limits: Partial<Limits>): void {
    Object.assign(this.limits, limitsOf(this.limits, limits));
  }

  /** How many files it has open. */
  get openFiles(): number { return this.stack.openFiles; }

  /** What is open on it: connections, those in the hands of the kernel alone too, and listeners. */
  get open(): { readonly connections: readonly MemoryConnection[]; readonly listeners: readonly MemoryListener[] } {
    const { stack } = this;
    return stack.isDead ? { connections: [], listeners: [] } : { connections: [...stack.connections], listeners: [...stack.listeners] };
  }

  // ---- for the kernel -----------------------------------------------------------------------------------------------

  /** @internal */
  createConnection(medium: 'tcp' | 'ipc'): MemoryConnection {
    const connection = medium === 'tcp' ? new TcpConnection(this.stack) : new IpcConnection(this.stack);
    this.stack.connections.add(connection);
    return connection;
  }

  /** @internal Whether something has to wait until the program goes on. */
  heldUp(reporter: Reporter): boolean {
    if (!this.#isPaused) return false;
    this.#held.push(reporter);
    return true;
  }

  /** @internal */
  unlisten(listener: MemoryListener): void {
    const { stack } = listener;
    stack.listeners.delete(listener);
    stack.openFiles--;
    if (listener.binding !== null) stack.ports.unbind(listener.binding);
    else if (isPathEndpoint(listener.where)) stack.paths.delete(listener.where.path);
    this.network.tellListener('unlisten', this, listener);
  }

  /** @internal The kernel has nothing to do for it any more. */
  forget(connection: KernelEnd): void {
    const { stack } = connection;
    const { ports } = stack;
    (stack.connections as Set<KernelEnd>).delete(connection);
    if (connection.binding !== null) ports.unbind(connection.binding);
    if (connection.pair === '') return;
    // Who ended first waits, so that what is still under way finds nobody else there.
    const waits = connection.outgoing !== null && connection.wasFirst && this.limits.timeWait > 0 && connection.outgoing.to.stack.host !== this;
    if (waits) this.network.time.after(this.limits.timeWait, releasePair, connection, true);
    else ports.release(connection.pair);
  }
}

/** Ports, or all of them. */
class Gate {
  #all = 0;
  readonly #ports = new Map<number, number>();

  set(on: boolean, port?: number): void {
    const by = on ? 1 : -1;
    if (port === undefined) this.#all += by;
    else this.#ports.set(port, (this.#ports.get(port) ?? 0) + by);
  }

  has(port: number): boolean {
    return this.#all > 0 || (this.#ports.get(port) ?? 0) > 0;
  }
}

function releasePair({ stack, pair }: KernelEnd): void { stack.ports.release(pair); }
