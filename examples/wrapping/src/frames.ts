import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { asBytes, copyOf, joined } from '@netstrata/stream-core';

/** What a frame is. The letter is authenticated together with the length. */
export const PROOF = 1;
export const DATA = 2;
export const END = 3;
export type Kind = typeof PROOF | typeof DATA | typeof END;

export const SALT_SIZE = 32;
/** The most that a frame carries; what claims to be longer is refused before a byte of it is kept. */
export const MAX_PLAIN = 64 * 1024;
/** The kind in one byte, the length of the plain text in three. */
export const HEAD_SIZE = 4;
export const TAG_SIZE = 16;

const CIPHER = 'aes-256-gcm';
const KEY_SIZE = 32;

/** The keys of a connection, one for each direction: nobody else has them, since both ends have put in a salt of their own. */
export function deriveKeys(secret: Uint8Array, dialSalt: Uint8Array, acceptSalt: Uint8Array): { dial: Uint8Array; accept: Uint8Array } {
  const both = hkdfSync('sha256', secret, Buffer.concat([dialSalt, acceptSalt]), 'netstrata example-wrapping 1', 2 * KEY_SIZE);
  return { dial: new Uint8Array(both, 0, KEY_SIZE), accept: new Uint8Array(both, KEY_SIZE) };
}

/** The number of a frame: never the same twice under one key. It is not sent, so a frame that is out of turn is not authentic. */
class Counter {
  readonly #nonce = Buffer.alloc(12);
  #next = 0;

  next(): Uint8Array {
    this.#nonce.writeUIntBE(this.#next++, 6, 6);
    return this.#nonce;
  }
}

export class Sealer {
  readonly #key: Uint8Array;
  readonly #counter = new Counter();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  seal(kind: Kind, plain: Uint8Array): Uint8Array {
    const head = Buffer.alloc(HEAD_SIZE);
    head.writeUInt8(kind);
    head.writeUIntBE(plain.length, 1, 3);
    const cipher = createCipheriv(CIPHER, this.#key, this.#counter.next()).setAAD(head);
    return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** Bytes of any length, as frames of data. */
  sealAll(chunks: readonly Uint8Array[]): Uint8Array[] {
    const whole = chunks.length === 1 ? asBytes(chunks[0]) : joined(chunks);
    const frames: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += MAX_PLAIN) frames.push(this.seal(DATA, whole.subarray(at, at + MAX_PLAIN)));
    return frames;
  }
}

export class Opener {
  readonly #key: Uint8Array;
  readonly #counter = new Counter();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The plain text, in memory of its own. Throws where the frame is not the one that was sealed in this place. */
  open(head: Uint8Array, body: Uint8Array): Uint8Array {
    const decipher = createDecipheriv(CIPHER, this.#key, this.#counter.next(), { authTagLength: TAG_SIZE }).setAAD(head);
    decipher.setAuthTag(body.subarray(body.length - TAG_SIZE));
    const plain = decipher.update(body.subarray(0, body.length - TAG_SIZE));
    decipher.final();
    // It may be a part of more than that.
    return copyOf(plain);
  }
}
