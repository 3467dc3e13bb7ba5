import { ByteQueue } from '@netstrata/stream-core';
import { HEAD_SIZE, MAX_PLAIN, SALT_SIZE, TAG_SIZE, type Kind, type Opener } from './frames.js';

export interface Frame {
  readonly kind: Kind;
  readonly plain: Uint8Array;
}

/** Collects what arrives, and gives it out as a salt and then as frames, once they are there in whole. */
export class FrameReader {
  readonly #bytes = new ByteQueue();
  #head: Uint8Array | null = null;

  push(chunk: Uint8Array): void {
    this.#bytes.push(chunk);
  }

  salt(): Uint8Array | null {
    return this.#take(SALT_SIZE);
  }

  /** Throws where it is not authentic, or too long. */
  frame(opener: Opener): Frame | null {
    this.#head ??= this.#take(HEAD_SIZE);
    if (this.#head === null) return null;
    const head = Buffer.from(this.#head);
    const length = head.readUIntBE(1, 3);
    if (length > MAX_PLAIN) throw new RangeError(`A frame of ${length} bytes`);
    const body = this.#take(length + TAG_SIZE);
    if (body === null) return null;
    this.#head = null;
    return { kind: head[0] as Kind, plain: opener.open(head, body) };
  }

  /** The next bytes, all or none. */
  #take(length: number): Uint8Array | null {
    return this.#bytes.length < length ? null : this.#bytes.read(length);
  }
}
