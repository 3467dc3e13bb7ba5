import { nextTick, now, type NextTick, type StreamClock } from '@netstrata/stream-core';

/** A timer that was started. */
export interface Timer {
  /** Starts the countdown again, also when it has fired. */
  refresh(): unknown;
  /** Lets the process end while the timer runs. */
  unref?(): unknown;
}

/** Where time comes from. A simulation may own it. */
export interface Clock extends StreamClock {
  /** Runs a task after a time, as the global function of that name. */
  setTimeout(task: () => void, milliseconds: number): Timer;
  /** Forgets what `setTimeout` has returned. */
  clearTimeout(timer: Timer): void;
  /** Runs a task after the code that runs now. */
  readonly nextTick: NextTick;
  /** Milliseconds since some moment: what has gathered in a tick leaves when the tick lasts that long. Without it a tick lasts no time. */
  now?(): number;
  /** Runs a task once the loop has gone round. Where it is missing, a timeout of 0 has to do. */
  afterTurn?(task: () => void): void;
}

/** As they are now: fake timers of a test reach Node's own sockets as little. Browsers have no `setImmediate`. */
const { setTimeout, clearTimeout, setImmediate } = globalThis as {
  setTimeout: (task: () => void, milliseconds: number) => unknown;
  clearTimeout: (timer: unknown) => void;
  setImmediate?: (task: () => void) => unknown;
};

/** The time of the runtime. */
export const systemClock: Clock = {
  setTimeout(task, milliseconds) {
    const timer = setTimeout(task, milliseconds);
    return typeof timer === 'object' ? (timer as Timer) : new BareTimer(task, milliseconds, timer as number);
  },
  clearTimeout(timer) {
    if (timer instanceof BareTimer) timer.clear();
    else clearTimeout(timer);
  },
  nextTick,
  now,
  ...(setImmediate && { afterTurn: (task: () => void) => void setImmediate(task) }),
};

/** Browsers number their timers and cannot start them again. */
class BareTimer implements Timer {
  readonly #task: () => void;
  readonly #milliseconds: number;
  #id: number;

  constructor(task: () => void, milliseconds: number, id: number) {
    this.#task = task;
    this.#milliseconds = milliseconds;
    this.#id = id;
  }

  refresh(): void {
    this.clear();
    this.#id = setTimeout(this.#task, this.#milliseconds) as number;
  }

  clear(): void {
    clearTimeout(this.#id);
  }
}

/** The countdown of `socket.setTimeout`: starts again whenever bytes move, and does not keep the process alive. */
export class IdleTimeout {
  readonly #clock: Clock;
  readonly #timer: Timer;

  constructor(clock: Clock, milliseconds: number, fired: () => void) {
    this.#clock = clock;
    this.#timer = clock.setTimeout(fired, milliseconds);
    this.#timer.unref?.();
  }

  refresh(): void {
    this.#timer.refresh();
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }
}
