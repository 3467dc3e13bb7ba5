import type { Channel } from './channel.js';
import type { DuplexCore } from './duplex-core.js';
import type { WriteCallback } from './write-state.js';

/** The 'error' and 'close' that a destroyed stream still has to emit. */
export interface Ending {
  readonly core: DuplexCore;
  /** What 'error' is emitted with; null for none. */
  readonly error: Error | null;
  /** The stream has started over meanwhile. */
  superseded: boolean;
}

/** What a stream needs when it begins and when it ends, and not in between. */
export class Late {
  /** What `_final` waits with while the FIN is on its way. */
  finalCallback: WriteCallback | null = null;
  /** A write that came before there was a channel. */
  waitingWrite: (() => void) | null = null;
  /** What a `_write` of the user's own gave to ours and waits for. */
  writeCallback: WriteCallback | null = null;
  /** The channel of a destroyed stream, until it has reported `onClose`. */
  closing: Channel | null = null;
  /** Until it was emitted. */
  ending: Ending | null = null;
}
