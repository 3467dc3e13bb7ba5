import { byteLength } from '../bytes/bytes.js';
import type { WriteCallback } from '../contract/stream.js';
import { asWritten } from './outgoing.js';

/** A write that was accepted. */
export interface WriteRequest {
  readonly chunk: Uint8Array | string;
  readonly encoding: string;
  readonly callback: WriteCallback;
  /** Bytes, or characters of text, when it was written: the memory is the caller's, who may take it away. */
  readonly size: number;
}

/** Writes that wait, in order. It owns nothing but their order: what they count and when they leave is the side's. */
export class WriteQueue {
  readonly #requests: WriteRequest[] = [];
  /** Requests before it have left; the array is compacted now and then. */
  #head = 0;

  get length(): number {
    return this.#requests.length - this.#head;
  }

  /** What waits, in bytes, or characters of strings that are passed on as they are. */
  get size(): number {
    let all = 0;
    for (const { size } of this) all += size;
    return all;
  }

  /** Bytes that wait. */
  get bytes(): number {
    let bytes = 0;
    for (const { chunk, encoding, size } of this) bytes += typeof chunk === 'string' ? byteLength(chunk, encoding) : size;
    return bytes;
  }

  requests(): readonly WriteRequest[] {
    return this.#requests.slice(this.#head);
  }

  /** All of them, also those that are pushed meanwhile. Nothing is taken out. */
  *[Symbol.iterator](): Iterator<WriteRequest> {
    for (let at = this.#head; at < this.#requests.length; at++) yield this.#requests[at];
  }

  push(request: WriteRequest): void {
    this.#requests.push(request);
  }

  /** The first, which must be there, whatever has become of its memory. */
  shift(): WriteRequest {
    return this.#requests[this.#head++];
  }

  /**
   * The first `most` that can be written together, up to `limit` bytes but at least one, as they were written; none where the memory of the
   * first is gone.
   */
  take(most: number, limit: number): WriteRequest[] {
    const taken: WriteRequest[] = [];
    let bytes = 0;
    while (taken.length < most && this.#head < this.#requests.length) {
      const request = this.#requests[this.#head];
      const isTooMuch = taken.length > 0 && bytes + request.size > limit;
      const chunk = isTooMuch ? null : asWritten(request.chunk, request.size);
      // What comes before something that is gone still leaves.
      if (chunk === null) break;
      bytes += request.size;
      taken.push(chunk === request.chunk ? request : { ...request, chunk });
      this.#head++;
    }
    return taken;
  }

  compact(): void {
    if (this.#head * 2 < this.#requests.length) return;
    this.#requests.splice(0, this.#head);
    this.#head = 0;
  }
}
