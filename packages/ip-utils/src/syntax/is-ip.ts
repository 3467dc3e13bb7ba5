// Pure scanners, apart from those in `scan/` that also take the value: what they leave out is what makes `isIP` fast.
// `test/scanners-agree.test.ts` holds the two to one grammar.

import { HEX } from './hex-digits.js';

const DOT = 46;
const COLON = 58;

/** More characters than the longest IPv6 address has, IPv4 tail included; what follows is a zone or refused. */
const BEYOND_IPV6 = 46;

/**
 * Scans four decimal octets without leading zeros from `i`: `010` is octal to `inet_aton` and decimal to others (RFC 6943 section 3.1.1).
 * @returns the index after them, or -1.
 */
function endOfIPv4(text: string, i: number): number {
  const length = text.length;
  for (let part = 0; ; part++) {
    if (i >= length) return -1;
    const first = text.charCodeAt(i) - 48;
    if (first >>> 0 > 9) return -1;
    // `next` is what follows the digits so far, minus '0': above 9 (unsigned) ends the octet.
    let next = -1;
    if (++i < length) next = text.charCodeAt(i) - 48;
    if (next >>> 0 <= 9) {
      if (first === 0) return -1;
      const second = next;
      next = -1;
      if (++i < length) next = text.charCodeAt(i) - 48;
      if (next >>> 0 <= 9) {
        if (first * 100 + second * 10 + next > 255) return -1;
        next = -1;
        if (++i < length) next = text.charCodeAt(i) - 48;
      }
    }
    if (part === 3) return i;
    if (next !== DOT - 48) return -1;
    i++;
  }
}

/**
 * Scans the text form of RFC 4291 section 2.2, an IPv4 tail included.
 * @returns the index after it, or -1.
 */
function endOfIPv6(text: string): number {
  const { length } = text;
  if (length < 2) return -1;
  let i = 0;
  let count = 0;
  let digits = 0;
  let gap = -1;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return -1;
    gap = 0;
    i = 2;
  }
  for (const limit = length < BEYOND_IPV6 ? length : BEYOND_IPV6; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code < 103 && HEX[code] < 16) {
      digits++;
    } else if (code === COLON) {
      if (digits > 4) return -1;
      if (digits > 0) {
        count++;
        digits = 0;
      } else if (gap < 0) {
        gap = count;
      } else {
        return -1;
      }
    } else if (code === DOT) {
      // The tail stands for the last two groups: six come before it, or a gap does.
      if (digits === 0 || digits > 3 || (gap < 0 && count !== 6)) return -1;
      i = endOfIPv4(text, i - digits);
      if (i < 0) return -1;
      count++;
      break;
    } else break;
  }
  if (digits > 4) return -1;
  if (digits > 0) count++;
  else if (gap !== count) return -1;
  return (gap < 0 ? count === 8 : count < 8) ? i : -1;
}

/** Whether everything from `i` on is a zone identifier as Node spells them: `%` and one or more of `[0-9A-Za-z.:-]`. */
function isZone(text: string, i: number): boolean {
  if (text[i] !== '%' || i + 1 === text.length) return false;
  while (++i < text.length) {
    const code = text.charCodeAt(i);
    // From '-' to ':' all but '/'.
    if (code >= 45 && code <= COLON && code !== 47) continue;
    if (((code | 32) - 97) >>> 0 >= 26) return false;
  }
  return true;
}

function isIPv6Text(text: string): boolean {
  const end = endOfIPv6(text);
  return end === text.length || (end > 0 && isZone(text, end));
}

/** `${input}`, which a symbol refuses, unlike String(input). */
function textOf(input: unknown): string {
  return typeof input === 'string' ? input : `${input as number}`;
}

/**
 * Which version of IP `input` spells: 4, 6, or 0 for none.
 *
 * The answers of `net.isIP` on Node 20 to 26: IPv4 is four decimal octets without leading zeros; IPv6 is the text form of RFC 4291,
 * with an optional zone (`fe80::1%eth0`). Anything but a string is coerced as `${input}` does, so a symbol throws a TypeError.
 * Linear in the length of the input.
 * @example
 * ```js
 * import { isIP } from '@netstrata/ip-utils';
 *
 * console.log(isIP('::1'), isIP('127.0.0.1'), isIP('127.1')); // prints 6 4 0
 * ```
 */
export function isIP(input: unknown): 0 | 4 | 6 {
  const text = textOf(input);
  const { length } = text;
  // Four octets take 7 to 15 characters.
  if (length > 6 && length < 16 && endOfIPv4(text, 0) === length) return 4;
  return isIPv6Text(text) ? 6 : 0;
}

/**
 * Whether `input` spells an IPv4 address. See {@link isIP}.
 * @example
 * ```js
 * import { isIPv4 } from '@netstrata/ip-utils';
 *
 * console.log(isIPv4('127.0.0.1'), isIPv4('127.000.000.001')); // prints true false
 * ```
 */
export function isIPv4(input: unknown): boolean {
  const text = textOf(input);
  return endOfIPv4(text, 0) === text.length;
}

/**
 * Whether `input` spells an IPv6 address. See {@link isIP}.
 * @example
 * ```js
 * import { isIPv6 } from '@netstrata/ip-utils';
 *
 * console.log(isIPv6('fe80::1%eth0'), isIPv6('[::1]')); // prints true false
 * ```
 */
export function isIPv6(input: unknown): boolean {
  return isIPv6Text(textOf(input));
}
