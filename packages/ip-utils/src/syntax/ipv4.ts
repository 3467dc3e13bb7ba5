import { groups } from './groups.js';

const DOT = 46;

/**
 * Scans four decimal octets of `text` from `i` and writes them to `groups[at]` and `groups[at + 1]`.
 * No leading zeros: `010` is octal to `inet_aton` and decimal to others (RFC 6943 section 3.1.1), so it is neither here.
 * @returns the index after the address, or -1. What follows there is for the caller to judge.
 */
export function scanIPv4(text: string, i: number, at: number): number {
  const length = text.length;
  let address = 0;
  for (let part = 0; ; part++) {
    if (i >= length) return -1;
    let octet = text.charCodeAt(i) - 48;
    if (octet >>> 0 > 9) return -1;
    // `next` is what follows the digits so far, minus '0': above 9 (unsigned) ends the octet.
    let next = -1;
    if (++i < length) next = text.charCodeAt(i) - 48;
    if (next >>> 0 <= 9) {
      if (octet === 0) return -1;
      octet = octet * 10 + next;
      next = -1;
      if (++i < length) next = text.charCodeAt(i) - 48;
      if (next >>> 0 <= 9) {
        octet = octet * 10 + next;
        if (octet > 255) return -1;
        next = -1;
        if (++i < length) next = text.charCodeAt(i) - 48;
      }
    }
    address = (address << 8) | octet;
    if (part === 3) break;
    if (next !== DOT - 48) return -1;
    i++;
  }
  groups[at] = address >>> 16;
  groups[at + 1] = address;
  return i;
}
