import type { Connection } from '@netstrata/transport';
import type { Claims } from './options.js';

/** A gateway that runs: what `createGateway` gives. */
export interface Gateway {
  /** Carriers that are open. */
  readonly carriers: number;
  /** Streams of all carriers, those that have not said yet where they lead among them. */
  readonly streams: number;
  /** Whether `drain` was called: no new carriers, no new streams. */
  readonly isDraining: boolean;
  /**
   * Takes a connection from elsewhere as a carrier: over TCP, a UNIX socket, a network in memory. Who calls this has admitted it; limits
   * hold as ever, and a carrier beyond them is reset.
   */
  carry(connection: Connection, claims?: Claims): void;
  /**
   * Takes no carriers (503) and no streams any more; those that are open may go on for so many milliseconds, then they are reset. Resolves
   * when the last carrier is gone. `server` is left alone: it answers what else it is asked. A second call can shorten the time, and never
   * lengthens it; Infinity is for as long as it takes. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
   */
  drain(milliseconds: number): Promise<void>;
  /** Resets everything, now. */
  close(): void;
}
