import { nextTick, type NextTick } from '@netstrata/stream-core';
import type { Clock, Timer } from '@netstrata/net-compat/core';
import type { Timers } from '@netstrata/transport-memory';

/** The clock of the sockets of one host, from a start of the host to its crash. */
export class WorldClock implements Clock {
  readonly #timers: Timers;
  /**
   * The runtime's, except that uncaught errors are reported: an 'error' without a listener ends the run, and not the process.
   * Each clock has another one, as what streams share they share by it.
   */
  readonly nextTick: NextTick;

  constructor(timers: Timers, failed: (error: unknown) => void) {
    this.#timers = timers;
    this.nextTick = (task, argument) => {
      nextTick(() => {
        try {
          task(argument);
        } catch (error) {
          failed(error);
        }
      }, undefined);
    };
  }

  /** Runs a task after so many milliseconds of the world's time, unless the host crashes before. */
  setTimeout(task: () => void, milliseconds: number): Timer {
    return new WorldTimer(this.#timers, task, milliseconds);
  }

  /** Forgets a task that `setTimeout` was given. */
  clearTimeout(timer: Timer): void {
    if (timer instanceof WorldTimer) timer.stop();
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

  /** Stops the repetition. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** Whether it will go off (again). */
  get isRunning(): boolean { return this.#stop !== null; }
}
