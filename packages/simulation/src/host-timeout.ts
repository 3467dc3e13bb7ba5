import type { Timers } from '@netstrata/transport-memory';
import type { Here } from './where.js';

/** The timers of a host's program, or of the scenario. */
export function timersHere({ world, host }: Here): Timers {
  if (host !== null) return host.host.timers;
  return (milliseconds, task) => world.after(milliseconds, task);
}

const LONGEST = 2 ** 31 - 1;
/** By number: whoever has made one of a timer may clear it by that. */
const numbered = new Map<number, HostTimeout>();
let numbers = 0;

/** What `setTimeout` and `setInterval` give in a world: has what Node's `Timeout` has. */
export class HostTimeout {
  readonly #timers: Timers;
  readonly #task: () => void;
  readonly #milliseconds: number;
  readonly #repeats: boolean;
  #stop: (() => void) | null = null;
  #isRefed = true;
  #number = 0;

  constructor(timers: Timers, task: () => void, milliseconds: number | undefined, repeats: boolean) {
    this.#timers = timers;
    this.#task = task;
    // As Node has it: what is no time is a millisecond.
    this.#milliseconds = Number(milliseconds) >= 1 && Number(milliseconds) <= LONGEST ? Math.trunc(Number(milliseconds)) : 1;
    this.#repeats = repeats;
    this.refresh();
  }

  /** The timer that a program means, whichever way it names it; null when it is none of ours. */
  static find(timer: unknown): HostTimeout | null {
    if (timer instanceof HostTimeout) return timer;
    return typeof timer === 'number' || typeof timer === 'string' ? (numbered.get(Number(timer)) ?? null) : null;
  }

  refresh(): this {
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
      // Far from Node's own.
      this.#number = 2 ** 40 + ++numbers;
      if (this.#stop !== null) numbered.set(this.#number, this);
    }
    return this.#number;
  }

  #forgetNumber(): void {
    if (this.#number !== 0) numbered.delete(this.#number);
  }
}
