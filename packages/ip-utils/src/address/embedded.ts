import { readBytes } from './groups-text.js';
import { isBytes } from './is-bytes.js';

/**
 * How an IPv6 address carries an IPv4 one: `mapped` ::ffff:0:0/96 (RFC 4291 section 2.5.5.2), `compatible` ::/96 without `::` and `::1`
 * (section 2.5.5.1), `translated` ::ffff:0:0:0/96 (RFC 2765 section 2.1, obsolete), `nat64` 64:ff9b::/96 (RFC 6052) and 64:ff9b:1::/48
 * (RFC 8215), `6to4` 2002::/16 (RFC 3056), `teredo` 2001::/32 (RFC 4380 section 4), `isatap` an interface identifier of 0:5efe or 200:5efe
 * under any prefix (RFC 5214 section 6.1).
 */
export type Embedding = 'mapped' | 'compatible' | 'translated' | 'nat64' | '6to4' | 'teredo' | 'isatap';

/** An IPv4 address inside an IPv6 one. */
export interface EmbeddedIPv4 {
  /** How it is carried. */
  readonly embedding: Embedding;
  /** 4 bytes in network order. */
  readonly bytes: Uint8Array;
}

/** The same, the address as 32 unsigned bits. */
interface Reading {
  readonly embedding: Embedding;
  readonly word: number;
}

const reading = (embedding: Embedding, high: number, low: number): Reading => ({ embedding, word: ((high << 16) | low) >>> 0 });

/**
 * The local-use block does not tell how long its translator's prefix is: 48, 56, 64 or 96 bits, after which the address stands around the
 * octet of bits 64 to 71 (RFC 6052 section 2.2). What comes after the address is zero, and so is that octet: the shortest prefix for which
 * this holds is the most probable one. Where an address stands among zeros alone, what the other lengths make of the zeros in 0.0.0.0/8 is
 * left out: packets go to none of these (RFC 1122 section 3.2.1.3).
 */
function localReadings(g: ArrayLike<number>): Reading[] {
  const octet = g[4] >> 8;
  const rest = [octet | (g[5] & 0xff) | g[6] | g[7], octet | g[6] | g[7], octet | (g[6] & 0xff) | g[7], 0];
  const before = [0, g[3] >> 8, g[3], g[3] | g[4] | g[5]];
  const all = [
    reading('nat64', g[3], ((g[4] & 0xff) << 8) | (g[5] >> 8)),
    reading('nat64', ((g[3] & 0xff) << 8) | (g[4] & 0xff), g[5]),
    reading('nat64', ((g[4] & 0xff) << 8) | (g[5] >> 8), ((g[5] & 0xff) << 8) | (g[6] >> 8)),
    reading('nat64', g[6], g[7]),
  ];
  const isReal = all.map(({ word }) => word >>> 24 !== 0);
  const isAmongZeros = all.some((_, i) => isReal[i] && (rest[i] | before[i]) === 0);
  const counts = (_: unknown, i: number): boolean => !isAmongZeros || isReal[i];
  const probable = all.find((one, i) => rest[i] === 0 && counts(one, i))!;
  return [probable, ...all.filter(counts).filter((one) => one !== probable)];
}

/** Of Teredo the obfuscated client, to which packets go in the end, then the server. */
function prefixReadings(g: ArrayLike<number>): Reading[] {
  if (g[0] === 0x2002) return [reading('6to4', g[1], g[2])];
  if (g[0] === 0x2001 && g[1] === 0) return [reading('teredo', g[6] ^ 0xffff, g[7] ^ 0xffff), reading('teredo', g[2], g[3])];
  if (g[0] === 0x64 && g[1] === 0xff9b && g[2] === 1) return localReadings(g);
  if ((g[2] | g[3]) !== 0) return [];
  if (g[0] === 0x64 && g[1] === 0xff9b && (g[4] | g[5]) === 0) return [reading('nat64', g[6], g[7])];
  if ((g[0] | g[1]) !== 0) return [];
  if (g[4] === 0xffff && g[5] === 0) return [reading('translated', g[6], g[7])];
  if (g[4] !== 0) return [];
  if (g[5] === 0xffff) return [reading('mapped', g[6], g[7])];
  return g[5] === 0 && (g[6] !== 0 || g[7] > 1) ? [reading('compatible', g[6], g[7])] : [];
}

/** Every IPv4 address that eight groups may carry, the most probable first. */
export function readingsOf(groups: ArrayLike<number>): readonly Reading[] {
  const readings = prefixReadings(groups);
  if (groups[5] === 0x5efe && (groups[4] & 0xfdff) === 0) readings.push(reading('isatap', groups[6], groups[7]));
  return readings;
}

/**
 * Every IPv4 address that an IPv6 address may carry, the most probable first: several in Teredo (client, server), in 64:ff9b:1::/48 (one
 * for each length of the translator's prefix) and where an interface identifier looks like that of ISATAP. A check for safety looks at all.
 * @param bytes 16 bytes in network order; 4 bytes, and what is none, carry nothing
 * @example
 * ```js
 * import { allEmbeddedIPv4, formatBytes, parseIPv6 } from '@netstrata/ip-utils/address';
 *
 * const teredo = parseIPv6('2001:0:4136:e378:8000:63bf:3fff:fdd2').bytes;
 * console.log(allEmbeddedIPv4(teredo).map(({ bytes }) => formatBytes(bytes))); // prints [ '192.0.2.45', '65.54.227.120' ]
 * ```
 */
export function allEmbeddedIPv4(bytes: Uint8Array): EmbeddedIPv4[] {
  if (!isBytes(bytes) || bytes.length !== 16) return [];
  return readingsOf(readBytes(bytes)).map(({ embedding, word }) => {
    return { embedding, bytes: Uint8Array.of(word >>> 24, word >>> 16, word >>> 8, word) };
  });
}

/**
 * The IPv4 address inside an IPv6 address: what a translator, a tunnel or a dual-stack socket would talk to. The most probable one where
 * there may be several, for which see {@link allEmbeddedIPv4}: of Teredo the client's.
 * @param bytes 16 bytes in network order; 4 bytes, and what is none, carry nothing
 * @returns how it is carried and its 4 bytes, or null
 * @example
 * ```js
 * import { embeddedIPv4, formatBytes, parseIPv6 } from '@netstrata/ip-utils/address';
 *
 * const { embedding, bytes } = embeddedIPv4(parseIPv6('64:ff9b::10.0.0.1').bytes);
 * console.log(embedding, formatBytes(bytes)); // prints nat64 10.0.0.1
 * ```
 */
export function embeddedIPv4(bytes: Uint8Array): EmbeddedIPv4 | null {
  return allEmbeddedIPv4(bytes)[0] ?? null;
}
