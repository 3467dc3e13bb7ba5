import { createHash, timingSafeEqual } from 'node:crypto';
import type { Claims } from '../contract/options.js';

/** 96 bits in base64, and more letters where they are chosen with less care. */
const SHORTEST = 16;
const MOST = 1024;

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Tokens that are what they are, without a signature or an end, and whose each is. */
export class FixedTokens {
  readonly #entries: readonly { readonly name: string; readonly hash: Buffer }[];

  /**
   * @param text one a line: a name and the token, with a space between; empty lines and those that begin with # are passed over.
   * Throws TypeError, which shows no token.
   */
  constructor(text: string) {
    const lines = text.split(/\r?\n/).map((line, at) => [line.trim(), at + 1] as const);
    this.#entries = lines.filter(([line]) => line !== '' && !line.startsWith('#')).map(([line, number]) => {
      const [, name, token] = /^([\w.@:-]{1,128})\s+(\S{1,1024})$/.exec(line) ?? [];
      if (name === undefined || token === undefined) throw new TypeError(`line ${number} is not a name and a token`);
      if (token.length < SHORTEST) throw new TypeError(`line ${number}: a token has ${SHORTEST} letters at least`);
      return { name, hash: hashOf(token) };
    });
    if (this.#entries.length > MOST) throw new TypeError(`there are more than ${MOST} tokens`);
  }

  /** How many tokens there are. */
  get size(): number {
    return this.#entries.length;
  }

  /** Whose it is, or null. It takes as long whichever it is, and however much of it is right. */
  find(token: string): Claims | null {
    const hash = hashOf(token);
    let found: Claims | null = null;
    for (const entry of this.#entries) if (timingSafeEqual(entry.hash, hash)) found = { sub: entry.name };
    return found;
  }
}
