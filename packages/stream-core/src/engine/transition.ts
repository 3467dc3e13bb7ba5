import type { Channel } from '../contract/channel.js';
import type { Engine } from '../contract/engine.js';
import type { Pending, WriteCallback } from '../contract/stream.js';

/** The 'error' and 'close' that a destroyed stream still has to emit. */
export interface Ending {
  readonly engine: Engine;
  /** What 'error' is emitted with; null for none. */
  readonly error: Error | null;
  /** The stream has started over meanwhile. */
  superseded: boolean;
}

/** What a stream needs while it begins or ends, and not in between. */
export class Transition {
  /** What `_final` waits with while the FIN is on its way. */
  finalCallback: WriteCallback | null = null;
  /** What goes on with the first channel. */
  pending: Pending | null = null;
  /** The callback of what a user's own `_write` gave to ours. */
  passedOn: WriteCallback | null = null;
  /** The channel of a destroyed stream, until it has reported `onClose`. */
  closing: Channel | null = null;
  /** Until it was emitted. */
  ending: Ending | null = null;
}
