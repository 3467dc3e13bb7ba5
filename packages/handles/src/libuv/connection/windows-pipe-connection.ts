import type { OwnedHandle } from './handle-callbacks.js';
import { PipeConnection } from './pipe-connection.js';

/**
 * A connection on a Windows pipe. Such a pipe has no FIN: libuv shows the peer the end by closing the pipe, and does so
 * only while this side reads (`eof_timer` in its `win/pipe.c`). So after a shutdown this connection goes on reading. Owns
 * what arrives meanwhile, until the next `readStart`.
 */
export class WindowsPipeConnection extends PipeConnection {
  #wanted = false;
  #draining = false;
  #held: Uint8Array[] = [];
  #heldEnd = false;

  override readStart(): void {
    this.#wanted = true;
    if (this.#held.length > 0 || this.#heldEnd) process.nextTick(deliver, this);
    else super.readStart();
  }

  override readStop(): void {
    this.#wanted = false;
    if (!this.#draining) super.readStop();
  }

  override shutdownDone(): void {
    this.#draining = true;
    super.readStart();
    super.shutdownDone();
  }

  override received(handle: OwnedHandle, size: number, given: ArrayBuffer | undefined): void {
    if (this.#wanted && this.#held.length === 0) {
      super.received(handle, size, given);
      return;
    }
    this.#held.push(this.owned(size, given));
    // What waits is bounded: the peer sees the end once this was read.
    super.readStop();
  }

  /** It reads also while it is stopped. */
  protected override get canLend(): boolean { return false; }

  override ended(): void {
    if (this.#wanted && this.#held.length === 0) super.ended();
    else this.#heldEnd = true;
  }

  /** @internal */
  deliver(): void {
    while (this.#wanted && this.#held.length > 0) this.sink?.onData(this.#held.shift()!);
    if (!this.#wanted || this.#held.length > 0) return;
    if (this.#heldEnd) {
      this.#heldEnd = false;
      super.ended();
    } else super.readStart();
  }
}

function deliver(connection: WindowsPipeConnection): void {
  try {
    connection.deliver();
  } catch (error) {
    // A listener of the user's: what else there is comes all the same.
    process.nextTick(deliver, connection);
    throw error;
  }
}
