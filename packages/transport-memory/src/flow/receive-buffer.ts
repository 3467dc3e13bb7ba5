import { copyOf } from '@netstrata/stream-core';
import type { Receiver } from './flow-end.js';
import { KernelBytes } from './kernel-bytes.js';

/** What travels: bytes, the word that the connection is made, or the end. */
export type Segment = Uint8Array | 'open' | 'fin';

/** What has arrived at the receiver of a flow. Owns the bytes that wait to be read, and whether the end has come. */
export class ReceiveBuffer {
  readonly #to: Receiver;
  readonly #bytes = new KernelBytes();
  endArrived = false;

  constructor(to: Receiver) {
    this.#to = to;
  }

  /** Bytes that wait to be read. */
  get length(): number { return this.#bytes.length; }

  /** Exactly `size`, which must be 1 to `length`. */
  read(size: number): Uint8Array {
    return this.#bytes.read(size);
  }

  /** A segment has reached the receiver's kernel. */
  arrive(segment: Segment): void {
    const to = this.#to;
    to.packetArrived();
    to.opened();
    if (segment === 'open') return;
    if (segment === 'fin') this.#endArrives();
    else if (!to.isHere) to.refuse();
    else {
      if (to.isObserved) to.note('arrive', segment.length, copyOf(segment));
      this.#bytes.push(segment);
      to.readable();
    }
  }

  #endArrives(): void {
    // After a reset the receiver has failed: the error must not turn into an end.
    if (this.#to.isForgotten) return;
    this.endArrived = true;
    this.#to.endHasArrived();
  }
}
