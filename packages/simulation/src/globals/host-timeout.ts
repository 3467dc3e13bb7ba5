import type { Timers } from '@netstrata/transport-memory';
import type { CurrentWorld, Here } from '../context/here.js';

/** The timers of a host's program, or of the scenario. */
function timersHere({ world, host }: Here): Timers {
  if (host !== null) return host.timers;
  return (milliseconds, task) => world.after(milliseconds, task);
}

const LONGEST = 2 ** 31 - 1;

/** Timers by number: a program may clear a timer by the number that it has made of it. They end with their world. */
class Numbered {
  count = 0;
  readonly timers = new Map<number, HostTimeout>();
}

const numbered = new WeakMap<CurrentWorld, Numbered>();

function numberedOf(world: CurrentWorld): Numbered {
  let timers = numbered.get(world);
  if (timers === undefined) numbered.set(world, (timers = new Numbered()));
  return timers;
}

/** What `setTimeout` and `setInterval` give in a world: has what Node's `Timeout` has. */
export class HostTimeout {
  readonly #timers: Timers;
  readonly #world: CurrentWorld;
  readonly #task: () => void;
  readonly #milliseconds: number;
  readonly #repeats: boolean;
  #stop: (() => void) | null = null;
  #isRefed = true;
  #isClosed = false;
  #number = 0;

  constructor(where: Here, task: () => void, milliseconds: number | undefined, repeats: boolean) {
    this.#timers = timersHere(where);
    this.#world = where.world;
    this.#task = task;
    // As Node has it: what is no time is a millisecond.
    this.#milliseconds = Number(milliseconds) >= 1 && Number(milliseconds) <= LONGEST ? Math.trunc(Number(milliseconds)) : 1;
    this.#repeats = repeats;
    this.refresh();
  }

  /** The timer that a program means, whichever way it names it; null when it belongs to no world. */
  static find(timer: unknown, world: CurrentWorld | undefined): HostTimeout | null {
    if (timer instanceof HostTimeout) return timer;
    if (world === undefined || (typeof timer !== 'number' && typeof timer !== 'string')) return null;
    return numberedOf(world).timers.get(Number(timer)) ?? null;
  }

  refresh(): this {
    // As Node's: one that was cleared stays so.
    return this.#isClosed ? this : this.#start();
  }

  #start(): this {
    this.#stop?.();
    this.#stop = this.#timers(this.#milliseconds, () => {
      this.#stop = null;
      if (this.#repeats) this.refresh();
      else this.#forgetNumber();
      this.#task();
    });
    return this;
  }

  close(): this {
    this.#isClosed = true;
    this.#stop?.();
    this.#stop = null;
    this.#forgetNumber();
    return this;
  }

  ref(): this {
    this.#isRefed = true;
    return this;
  }

  unref(): this {
    this.#isRefed = false;
    return this;
  }

  hasRef(): boolean { return this.#isRefed; }

  [Symbol.toPrimitive](): number {
    if (this.#number === 0) {
      const all = numberedOf(this.#world);
      // Far from the numbers of Node's timers.
      this.#number = 2 ** 40 + ++all.count;
      if (this.#stop !== null) all.timers.set(this.#number, this);
    }
    return this.#number;
  }

  #forgetNumber(): void {
    if (this.#number !== 0) numberedOf(this.#world).timers.delete(this.#number);
  }
}
