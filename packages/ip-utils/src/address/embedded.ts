import { readBytes } from './groups-text.js';
import { isBytes } from './is-bytes.js';

/**
 * How an IPv6 address carries an IPv4 one: `mapped` ::ffff:0:0/96 (RFC 4291 section 2.5.5.2), `compatible` ::/96 without `::` and `::1`
 * (section 2.5.5.1), `nat64` 64:ff9b::/96 (RFC 6052), `6to4` 2002::/16 (RFC 3056).
 */
export type Embedding = 'mapped' | 'compatible' | 'nat64' | '6to4';

/** How eight groups carry an IPv4 address, or null. */
export function embeddingOf(groups: ArrayLike<number>): Embedding | null {
  if (groups[0] === 0x2002) return '6to4';
  if ((groups[2] | groups[3] | groups[4]) !== 0) return null;
  if (groups[0] === 0x64) return groups[1] === 0xff9b && groups[5] === 0 ? 'nat64' : null;
  if ((groups[0] | groups[1]) !== 0) return null;
  if (groups[5] === 0xffff) return 'mapped';
  return groups[5] === 0 && (groups[6] !== 0 || groups[7] > 1) ? 'compatible' : null;
}

/** The first of the two groups that hold the IPv4 address. */
export function embeddedAt(embedding: Embedding): number {
  return embedding === '6to4' ? 1 : 6;
}

/**
 * The IPv4 address inside an IPv6 address: what a translator, a tunnel or a dual-stack socket would talk to.
 * @param bytes 16 bytes in network order; 4 bytes, and what is none, carry nothing
 * @returns how it is carried and its 4 bytes, or null
 */
export function embeddedIPv4(bytes: Uint8Array): { readonly embedding: Embedding; readonly bytes: Uint8Array } | null {
  if (!isBytes(bytes) || bytes.length !== 16) return null;
  const embedding = embeddingOf(readBytes(bytes));
  if (embedding === null) return null;
  const at = embeddedAt(embedding) * 2;
  return { embedding, bytes: bytes.slice(at, at + 4) };
}
