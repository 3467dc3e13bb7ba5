import { createHash, timingSafeEqual } from 'node:crypto';

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/** Whether a token is one of these. How long it takes says neither which, nor how much of one was right. */
export function sameAs(tokens: readonly string[]): (token: string | null) => boolean {
  const hashes = tokens.map(hashOf);
  return (token) => {
    if (token === null) return false;
    const hash = hashOf(token);
    let isOne = false;
    for (const each of hashes) isOne = timingSafeEqual(each, hash) || isOne;
    return isOne;
  };
}
