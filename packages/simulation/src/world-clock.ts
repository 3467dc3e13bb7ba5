import { nextTick, type NextTick } from '@netstrata/stream-core';
import type { Clock, Timer } from '@netstrata/net-compat/core';
import type { Timers } from '@netstrata/transport-memory';

/** The clock of the sockets of one host, for as long as it does not crash. */
export class WorldClock implements Clock {
  readonly #timers: Timers;
  /** One of its own: what streams share, they share by this. */
  readonly nextTick: NextTick = (task, argument) => { nextTick(task, argument); };

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  setTimeout(task: () => void, milliseconds: number): Timer {
    return new WorldTimer(this.#timers, task, milliseconds);
  }

  clearTimeout(timer: Timer): void {
    (timer as WorldTimer).stop();
  }

  afterTurn(task: () => void): void {
    this.#timers(0, task);
  }
}

/** A timer in virtual time. */
export class WorldTimer implements Timer {
  readonly #timers: Timers;
  readonly #task: () => void;
  readonly #milliseconds: number;
  #stop: (() => void) | null = null;

  constructor(timers: Timers, task: () => void, milliseconds: number) {
    this.#timers = timers;
    this.#task = task;
    this.#milliseconds = milliseconds;
    this.refresh();
  }

  refresh(): this {
    this.stop();
    this.#stop = this.#timers(this.#milliseconds, () => {
      this.#stop = null;
      this.#task();
    });
    return this;
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  get isRunning(): boolean { return this.#stop !== null; }
}
