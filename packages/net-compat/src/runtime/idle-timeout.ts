import type { Clock, Timer } from './clock.js';

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
