import { copyInto, partOf, sizeOf } from '@netstrata/stream-core';
import { DATA, HEADER, numberAt } from './header.js';

/** What a parser reports. It reads on as long as these return true. */
export interface FrameHandler {
  /** A header. The payload of DATA follows. */
  onFrame(type: number, flags: number, id: number, length: number): boolean;
  /** A part of the payload, which is there during the call only. */
  onPayload(part: Uint8Array): boolean;
  /** The last byte of the payload was reported; also where there is none. */
  onPayloadEnd(): boolean;
  /** A header of another version of the protocol. */
  onOtherVersion(version: number): void;
}

/** Bytes in any pieces in, frames out. What it keeps is a header at most: payloads go on as they come. */
export class FrameParser {
  readonly #handler: FrameHandler;
  readonly #header = new Uint8Array(HEADER);
  /** How much of a header there is. */
  #filled = 0;
  /** How much of a payload is still to come. */
  #due = 0;
  #isOver = false;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  push(bytes: Uint8Array): void {
    const size = sizeOf(bytes);
    let at = 0;
    while (at < size && !this.#isOver) {
      if (this.#due > 0) at = this.#payload(bytes, at, size);
      else if (this.#filled === 0 && size - at >= HEADER) {
        this.#frame(bytes, at);
        at += HEADER;
      } else at = this.#fill(bytes, at, size);
    }
  }

  /** A part of a header. */
  #fill(bytes: Uint8Array, at: number, size: number): number {
    const part = Math.min(HEADER - this.#filled, size - at);
    copyInto(this.#header, partOf(bytes, at, part), this.#filled);
    this.#filled += part;
    if (this.#filled === HEADER) {
      this.#filled = 0;
      this.#frame(this.#header, 0);
    }
    return at + part;
  }

  #frame(bytes: Uint8Array, at: number): void {
    const type = bytes[at + 1];
    const length = numberAt(bytes, at + 8);
    if (bytes[at] !== 0) {
      this.#isOver = true;
      this.#handler.onOtherVersion(bytes[at]);
      return;
    }
    this.#isOver = !this.#handler.onFrame(type, (bytes[at + 2] << 8) | bytes[at + 3], numberAt(bytes, at + 4), length);
    if (type !== DATA || this.#isOver) return;
    this.#due = length;
    if (length === 0) this.#isOver = !this.#handler.onPayloadEnd();
  }

  #payload(bytes: Uint8Array, at: number, size: number): number {
    const part = Math.min(this.#due, size - at);
    this.#due -= part;
    this.#isOver = !this.#handler.onPayload(partOf(bytes, at, part));
    if (this.#due === 0 && !this.#isOver) this.#isOver = !this.#handler.onPayloadEnd();
    return at + part;
  }
}
