import { createNet, type Net, type Route } from '@netstrata/net-compat/core';
import {
  knownOptions, type Host, type Limits, type LinkConditions, type NameRecord, type Network, type Timers, type VirtualTime,
} from '@netstrata/transport-memory';
import { checkFunction } from '../base/check.js';
import { inspected, inspectSymbol, type Inspect } from '../base/inspecting.js';
import { WorldClock } from '../clock/world-clock.js';
import { runAt, type CurrentHost, type CurrentWorld, type Here } from '../context/here.js';
import { routeToHosts } from '../context/route-here.js';
import type { FaultyHost } from '../faults/faulty.js';
import type { Timeline } from '../timeline/timeline.js';

/** The world of a host, as programs use it: running the world is up to its scenario. */
export interface HostWorld extends CurrentWorld {
  readonly seed: number | string;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly timeline: Timeline;
  readonly hosts: readonly WorldHost[];
  get(name: string): WorldHost;
  name(name: string, record: NameRecord): void;
  link(one: WorldHost | string, other: WorldHost | string, conditions: LinkConditions): void;
  partition(one: WorldHost | string, other: WorldHost | string, how?: { readonly oneWay?: boolean | undefined }): () => void;
  reset(from: WorldHost | string, to: WorldHost | string, after?: number): void;
  sleep(milliseconds: number): Promise<void>;
  outside<T>(work: Promise<T> | (() => Promise<T>)): Promise<T>;
  log(text: string): void;
  /** @internal An error of a program that was not caught. */
  fail(error: unknown): void;
  /** @internal A program asks something of the network. */
  asked(): void;
}

/** May be asynchronous: what it rejects with fails the run. */
export type Program = (host: WorldHost) => unknown;

/** What a host of a world is made of. */
export interface HostOptions {
  /** What the host's program does when it starts, and again after every restart. */
  readonly boot?: Program | undefined;
  /**
   * Its buffers, open files, ports and the like.
   * @defaultValue those of the world
   */
  readonly limits?: Partial<Limits> | undefined;
  /**
   * What is reached by other transports than the host's own: `routes` of `createNet`. Asked when the host starts, and again after every
   * restart, when the transports of the host that it is given are new.
   */
  readonly routes?: ((host: Host) => readonly Route[]) | undefined;
}

/** Those that are given, checked. Limits are checked by the network. */
export function hostOptionsOf(given: HostOptions | undefined): HostOptions {
  const options = knownOptions(given, ['boot', 'limits', 'routes'], 'a host');
  checkFunction(options.boot, 'options.boot');
  checkFunction(options.routes, 'options.routes');
  return options;
}

/** As on Node 26, on all versions of Node. */
const BEHAVIOUR = { highWaterMark: 65_536, readsChunks: true, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250 };

/** A machine of a world. Owns the `net` of its program, and starts that. */
export class WorldHost implements CurrentHost, FaultyHost {
  /** The world that it is in. */
  readonly world: HostWorld;
  /** What it is to the network below. */
  readonly host: Host;
  readonly boot: Program | null;
  readonly #routes: HostOptions['routes'];
  readonly #here: Here;
  #net: Net;
  #clock: WorldClock;

  /** @internal Use `world.host`. */
  constructor(world: HostWorld, host: Host, { boot, routes }: Pick<HostOptions, 'boot' | 'routes'>) {
    this.world = world;
    this.host = host;
    this.boot = boot ?? null;
    this.#routes = routes;
    this.#here = { world, host: this };
    this.#clock = new WorldClock(host.timers, (error) => { world.fail(error); });
    this.#net = this.#createNet();
  }

  /** The name that it was made with, which resolves to its addresses. */
  get name(): string { return this.host.name; }
  /** Its IP addresses. */
  get addresses(): readonly string[] { return this.host.addresses; }
  /** Whether it runs: not between a crash and its restart. */
  get isUp(): boolean { return this.host.isUp; }
  /**
   * Everything that `require('node:net')` gives, but for Node's internals that make native handles, on this host. A crash ends it, and a
   * restart makes another one.
   */
  get net(): Net { return this.#net; }
  /** The time of its program: it is paused with it, and a crash ends it. */
  get clock(): WorldClock { return this.#clock; }
  /** @internal */
  get timers(): Timers { return this.host.timers; }

  /**
   * Runs code as a program of this host. What it makes of `net` (through `net-compat/register`), and the timers that `installGlobals`
   * replaces, are the host's.
   */
  run<T>(program: () => T): T {
    routeToHosts();
    return runAt(this.#here, program);
  }

  /** Everything on it is lost, without notice to its peers. */
  crash(): void {
    this.host.crash();
  }

  /** Up again, and its program starts from the beginning. */
  restart(): void {
    if (this.isUp) return;
    this.host.restart();
    this.#clock = new WorldClock(this.host.timers, (error) => { this.world.fail(error); });
    this.#net = this.#createNet();
    this.start();
  }

  /** Its program is paused; its kernel is not. */
  pause(): void { this.host.pause(); }
  /** Lets a paused program go on. */
  resume(): void { this.host.resume(); }
  /** Dials to it are refused, or only those to one port. */
  refuse(on = true, port?: number): void { this.host.refuse(on, port); }
  /** Dials to it get no answer, or only those to one port. */
  ignore(on = true, port?: number): void { this.host.ignore(on, port); }
  /** Buffers, open files, ports and the like, from now on. */
  limit(limits: Partial<Limits>): void { this.host.changeLimits(limits); }

  /** @internal What `util.inspect` shows. */
  [inspectSymbol](depth: number, options: object, inspect: Inspect): string {
    const { name, addresses, isUp } = this;
    return inspected('WorldHost', { name, addresses, isUp, isPaused: this.host.isPaused }, depth, options, inspect);
  }

  /** @internal */
  start(): void {
    const { boot } = this;
    if (boot === null) return;
    const booted = this.run(() => boot(this));
    // A promise of any realm.
    Promise.resolve(booted).catch((error: unknown) => { this.world.fail(error); });
  }

  #createNet(): Net {
    const { tcp, ipc, lookup } = this.host;
    const lookedUp: typeof lookup = (name, options, callback) => {
      this.world.asked();
      lookup(name, options, callback);
    };
    return createNet({ tcp, ipc, routes: this.#routes?.(this.host), lookup: lookedUp, clock: this.#clock, behaviour: BEHAVIOUR });
  }
}
