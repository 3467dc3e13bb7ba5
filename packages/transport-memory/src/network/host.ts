import { checkAddress, type Transport } from '@netstrata/transport';
import { noEncounters } from '../base/encounters.js';
import { limitsOf, type Limits } from '../base/limits.js';
import { placeOf, type Place } from '../base/place.js';
import type { Random } from '../base/random.js';
import type { Time } from '../base/time.js';
import type { MemoryConnection } from '../kernel/connection.js';
import { Kernel } from '../kernel/kernel.js';
import type { MemoryListener } from '../kernel/listener.js';
import type { Path } from '../link/path.js';
import { timersOf, type Timers } from '../program/program-timers.js';
import { Program, type Enter, type Turns } from '../program/program.js';
import { IpcTransport } from '../transports/ipc.js';
import type { Hop, Routes } from '../transports/routes.js';
import { TcpTransport } from '../transports/tcp.js';
import { lookupOf, type Lookup, type NameService } from './lookup.js';
import { PortGate } from './port-gate.js';

/** What a host asks of its network. */
export interface HostNetwork extends NameService, Turns {
  readonly time: Time;
  readonly random: Random;
  readonly capture: ((host: Host) => Enter) | undefined;
  readonly pathOfPaths: Path;
  nextConnection(): number;
  /** The host that has an address, as one host sees it. */
  owner(place: Place, from: Host): Host | null;
  path(from: Host, to: Host): Path;
  pathsChanged(): void;
}

/** What a host has open. */
export interface OpenOnHost {
  /** Its connections, each end for itself. */
  readonly connections: readonly MemoryConnection[];
  /** Its listeners. */
  readonly listeners: readonly MemoryListener[];
}

/**
 * A machine in a network. Owns its addresses and limits, and from each start to the next crash a kernel, a program, and the transports
 * over them.
 */
export class Host implements Routes {
  /** The network that it is in. */
  readonly network: HostNetwork;
  /** The name that it was made with, which resolves to its addresses. */
  readonly name: string;
  /** Its IP addresses. */
  readonly addresses: readonly string[];
  /** @internal */
  readonly places: readonly Place[];
  /** Its buffers, open files, ports and the like. */
  readonly limits: Limits;
  /** What is random on it. */
  readonly random: Random;
  /** @internal */
  readonly encounters = noEncounters();
  /** Carries addresses and ports: for `createNet({ tcp })`. It belongs to the program that runs now, and ends with it in a crash. */
  tcp!: Transport;
  /** Carries paths: for `createNet({ ipc })`. */
  ipc!: Transport;
  /** Runs a task after some milliseconds: not while the program is paused, never after a crash. Call what it returns to cancel it. */
  timers!: Timers;
  /** Resolves a name as a program on this host does: of the shape of Node's `dns.lookup`. */
  lookup!: Lookup;
  /** @internal */
  kernel!: Kernel;
  #program!: Program;
  readonly #refused = new PortGate();
  readonly #ignored = new PortGate();

  /** @internal Use `network.host`. */
  constructor(network: HostNetwork, name: string, addresses: readonly string[], limits: Limits) {
    addresses.forEach(checkAddress);
    this.network = network;
    this.name = name;
    this.addresses = addresses;
    this.places = addresses.map(placeOf);
    this.limits = limits;
    this.random = network.random.fork(`host ${name}`);
    this.#start(false);
  }

  /** A kernel without a past, and what its program has of it. */
  #start(isPaused: boolean): void {
    const { network } = this;
    const { capture } = network;
    this.#program = new Program(network.time, network, this.encounters, capture === undefined ? null : () => capture(this), isPaused);
    this.kernel = new Kernel(this, this.#program, network.trace);
    this.tcp = new TcpTransport(this.kernel, this);
    this.ipc = new IpcTransport(this.kernel, this);
    this.timers = timersOf(this.#program);
    this.lookup = lookupOf(network, this.name, this.places, this.timers);
  }

  /** Whether it runs: it has not crashed, or is up again. */
  get isUp(): boolean { return !this.#program.hasCrashed; }
  /** Whether its program is paused. */
  get isPaused(): boolean { return this.#program.isPaused; }

  /** Runs a task of its program after some time; see `timers`. */
  later(milliseconds: number, task: () => void): () => void {
    return this.timers(milliseconds, task);
  }

  // ---- what may befall it -------------------------------------------------------------------------------------------

  /**
   * Its program is paused (a long computation, a stopped process); the kernel goes on: it accepts bytes and connections as far as
   * there is room.
   */
  pause(): void {
    if (this.isPaused) return;
    this.#program.pause();
    this.#trace('paused');
  }

  /** Lets its program go on. */
  resume(): void {
    if (!this.isPaused) return;
    this.#program.resume();
    this.#trace('resumed');
  }

  /** Everything on it is lost at once, without notice to its program or to a peer. */
  crash(): void {
    if (!this.isUp) return;
    this.#program.crash();
    this.kernel.crash();
    this.#trace('crashed');
    this.network.pathsChanged();
  }

  /** Up again, with nothing left of what there was: `tcp` and `ipc` are new. */
  restart(): void {
    if (this.isUp) return;
    // It may have been paused while it was down.
    this.#start(this.isPaused);
    this.#trace('restarted');
    this.network.pathsChanged();
  }

  /** Dials to it are refused, or only those to one port. Connections that exist go on. */
  refuse(on: boolean, port?: number): void { this.#refused.set(on, port); }
  /** Dials to it get no answer, or only those to one port. */
  ignore(on: boolean, port?: number): void { this.#ignored.set(on, port); }

  /** Changes some of its limits, from now on. */
  changeLimits(limits: Partial<Limits>): void {
    Object.assign(this.limits, limitsOf(this.limits, limits));
  }

  /** How many files it has open. */
  get openFiles(): number { return this.kernel.openFiles; }

  /** What is open on it: connections, also those that its program has closed and its kernel has not forgotten, and listeners. */
  get open(): OpenOnHost {
    if (!this.isUp) return { connections: [], listeners: [] };
    const { connections, listeners } = this.kernel;
    return { connections: [...connections], listeners: [...listeners] };
  }

  // ---- for its transports -------------------------------------------------------------------------------------------

  /** @internal A dial to a port has come. */
  refuses(port: number): boolean {
    const isRefused = this.#refused.has(port);
    if (isRefused) this.encounters.refused++;
    return isRefused;
  }

  /** @internal */
  ignores(port: number): boolean {
    const isIgnored = this.#ignored.has(port);
    if (isIgnored) this.encounters.ignored++;
    return isIgnored;
  }

  /** @internal */
  get pathOfPaths(): Path { return this.network.pathOfPaths; }

  /** @internal */
  nextConnection(): number {
    return this.network.nextConnection();
  }

  /** @internal */
  hopTo(place: Place): Hop | null {
    const to = this.network.owner(place, this);
    return to === null ? null : { to, path: this.network.path(this, to), back: this.network.path(to, this) };
  }

  #trace(note: string): void {
    this.network.trace.host('host', this.name, note);
  }
}
