import { createNet, type Net } from '@netstrata/net-compat/core';
import type { Host, Limits } from '@netstrata/transport-memory';
import { runAt, type Here } from '../context/where.js';
import { WorldClock } from '../clock/world-clock.js';
import type { World } from './world.js';

/** May be asynchronous: what it rejects with fails the run. */
export type Program = (host: WorldHost) => unknown;

export interface HostOptions {
  /** What the host's program does when it starts, and again after every restart. */
  readonly boot?: Program | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** A net that behaves alike on all versions of Node: as on 26. */
const BEHAVIOUR = { highWaterMark: 65_536, readsChunks: true, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250 };

/** A machine of a world, with a whole `net` of its own. */
export class WorldHost {
  readonly world: World;
  /** What it is to the network below. */
  readonly host: Host;
  readonly boot: Program | null;
  readonly #here: Here;
  #net: Net;
  #clock: WorldClock;

  /** @internal Use `world.host`. */
  constructor(world: World, host: Host, boot: Program | undefined) {
    this.world = world;
    this.host = host;
    this.boot = boot ?? null;
    this.#here = { world, host: this };
    this.#clock = new WorldClock(host.timers, (error) => { world.fail(error); });
    this.#net = this.#createNet();
  }

  get name(): string { return this.host.name; }
  get addresses(): readonly string[] { return this.host.addresses; }
  get isUp(): boolean { return this.host.isUp; }
  /** Everything that `require('node:net')` gives, on this host. After a crash and a restart it is another one: nothing happens on the old one any more. */
  get net(): Net { return this.#net; }
  /** The time of its program: it stands still with it, and a crash ends it. */
  get clock(): WorldClock { return this.#clock; }

  /** Runs code as a program of this host. What it makes of `net` (through `net-compat/register`), and the timers that `installGlobals` replaces, are the host's. */
  run<T>(program: () => T): T {
    this.world.join();
    return runAt(this.#here, program);
  }

  /** Everything on it is gone, and nobody is told. */
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

  /** Its program stands still; its kernel does not. */
  pause(): void { this.host.pause(); }
  resume(): void { this.host.resume(); }
  /** Whoever dials it is refused, or who dials one port. */
  refuse(on = true, port?: number): void { this.host.refuse(on, port); }
  /** Whoever dials it gets no answer, or who dials one port. */
  ignore(on = true, port?: number): void { this.host.ignore(on, port); }
  /** Buffers, open files, ports and the like, from now on. */
  limit(limits: Partial<Limits>): void { this.host.changeLimits(limits); }

  /** @internal */
  start(): void {
    const { boot } = this;
    if (boot === null) return;
    const booted = this.run(() => boot(this));
    if (booted instanceof Promise) booted.catch((error: unknown) => { this.world.fail(error); });
  }

  #createNet(): Net {
    const { tcp, ipc, lookup } = this.host;
    return createNet({ tcp, ipc, lookup, clock: this.#clock, behaviour: BEHAVIOUR });
  }
}
