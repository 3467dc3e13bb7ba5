import { systemTime } from '@netstrata/transport-memory';
import { warn } from '../base/environment.js';

/** Real milliseconds for which a world may stand still after something was asked of its network. */
const PATIENCE = 1000;

const MESSAGE = 'A host of a simulated world looks up a name or dials, and nothing moves its time: what is awaited will not come. '
  + 'Do that in world.run, or call world.advance or world.runUntil';

/** Tells, once, who waits for a network whose time stands still. */
export class StandstillHint {
  #timer: unknown = null;
  #isOver = false;

  /** Something was asked of the network while nothing moves the time. */
  asked(): void {
    if (this.#timer !== null || this.#isOver) return;
    this.#timer = systemTime.after(PATIENCE, tell, this);
  }

  /** Something moves it. */
  moved(): void {
    if (this.#timer !== null) systemTime.cancel(this.#timer);
    this.#timer = null;
  }

  /** @internal */
  tell(): void {
    this.#timer = null;
    this.#isOver = true;
    warn('NETSTRATA_STANDSTILL', MESSAGE);
  }
}

function tell(hint: StandstillHint): void { hint.tell(); }
