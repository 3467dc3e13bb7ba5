// The same addresses and networks in every process.
import { numbers } from '../calls/block-list.mjs';

/** How many calls one batch makes. */
export const COUNT = 4096;

/** @typedef {4 | 6} Version */
/** @typedef {{ bytes: Uint8Array, prefix: number, text: string }} Network */

/** @param {Uint8Array} bytes RFC 5952, without IPv4 tails: none of the addresses here has one */
export function textOf(bytes) {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(16)).join(':');
  const runs = groups.match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, one) => (one.length > best.length ? one : best), '');
  if (longest === '') return groups;
  const at = groups.search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`));
  return `${groups.slice(0, at).replace(/:$/, '')}::${groups.slice(at + longest.length).replace(/^:/, '')}`;
}

/** One address after the other: IPv6 global, every second with a run of zeros. @param {Version} version @returns {() => Uint8Array} */
function drawn(version) {
  const next = numbers();
  let drawn = 0;
  return () => {
    const bytes = Uint8Array.from({ length: version === 4 ? 4 : 16 }, () => next() >>> 24);
    if (version === 4) bytes[0] = 1 + (bytes[0] % 223);
    else {
      bytes[0] = 0x20 | (bytes[0] & 15);
      if (drawn++ % 2 === 0) bytes.fill(0, 6, 14);
    }
    return bytes;
  };
}

/** @param {Version} version @param {number} count @returns {Uint8Array[]} */
export const addresses = (version, count) => Array.from({ length: count }, drawn(version));

/** The lengths that tables of the internet have most of. @type {Record<Version, readonly number[]>} */
const LENGTHS = { 4: [24, 24, 24, 24, 24, 22, 23, 21, 20, 19, 16], 6: [48, 48, 48, 48, 32, 44, 40, 36, 29, 64] };

/** Different networks, each around one of the addresses. @param {Version} version @param {number} count @returns {Network[]} */
export function networks(version, count) {
  /** @type {Map<string, Network>} */
  const found = new Map();
  const next = drawn(version);
  for (let tries = 0; found.size < count; tries++) {
    const prefix = LENGTHS[version][tries % LENGTHS[version].length];
    const network = next().fill(0, Math.ceil(prefix / 8));
    if (prefix % 8 > 0) network[prefix >> 3] &= 0xff00 >> (prefix & 7);
    const text = `${textOf(network)}/${prefix}`;
    if (!found.has(text)) found.set(text, { bytes: network, prefix, text });
  }
  return [...found.values()];
}

/** Addresses of which every second lies in one of the networks. @param {Network[]} all @returns {Uint8Array[]} */
export function questions(all) {
  const version = all[0].bytes.length === 4 ? 4 : 6;
  const next = numbers();
  return addresses(version, 2 * COUNT).slice(COUNT).map((bytes, i) => {
    if (i % 2 === 0) return bytes;
    const { bytes: network, prefix } = all[next() % all.length];
    return bytes.map((byte, at) => {
      const host = at * 8 >= prefix ? 0xff : at === prefix >> 3 ? 0xff >> (prefix & 7) : 0;
      return network[at] | (byte & host);
    });
  });
}
