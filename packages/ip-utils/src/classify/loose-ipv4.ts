import { dotted } from '../address/groups-text.js';

const LIMIT = 2 ** 32;

/** The digits of `text` from `start` to `end` in a base, or -1. Above 2^32 any answer above it will do. */
function digits(text: string, start: number, end: number, base: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const lower = code | 32;
    const digit = code <= 57 ? code - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0 || digit >= base) return -1;
    value = Math.min(value * base + digit, LIMIT);
  }
  return value;
}

/** One part as C reads numbers: `0x` hexadecimal, `0` octal, else decimal. */
function part(text: string, start: number, end: number): number {
  if (start === end) return -1;
  if (text.charCodeAt(start) !== 48) return digits(text, start, end, 10);
  if ((text.charCodeAt(start + 1) | 32) === 120 && end > start + 1) return digits(text, start + 2, end, 16);
  return digits(text, start, end, 8);
}

/**
 * In the characters that IDNA maps it to, by NFKC and the ideographic full stop besides (UTS 46 section 4), as far as it may be an address.
 * One character at a time: NFKC would put all of it in order first, which takes quadratic time, and what spans several characters is no
 * digit.
 */
function mapped(text: string): string {
  let ascii = '';
  for (const char of text) {
    const to = char <= '\u007f' ? char : char === '\u3002' ? '.' : char.normalize('NFKC').replaceAll('\u3002', '.');
    ascii += to;
    if (!/^[\dA-Fa-fXx.]+$/.test(to)) break;
  }
  return ascii;
}

/** The end of the address: `inet_aton` stops at white space, URL parsers drop one dot at the end. */
function endOf(text: string): number {
  let end = 0;
  while (end < text.length && text.charCodeAt(end) > 32) end++;
  return end > 1 && text.charCodeAt(end - 1) === 46 ? end - 1 : end;
}

/**
 * The IPv4 address that some resolver makes of `text`: one to four parts, decimal, octal (`0177.1`) or hexadecimal (`0x7f.1`), the last
 * part filling the bytes that are left (`127.1`, `2130706433`), as `inet_aton` and the URL standard read them; also with a final dot, with
 * white space and anything after it, and in characters that IDNA maps to ASCII (`１２７.0.0.1`, `127。0。0。1`).
 *
 * Text for which `isIP` gives 0 and this does not give null is no address here and yet leads to one. Refuse it, or check what comes back.
 * @returns the address as four decimal octets, or null, also for what is no text
 * @example
 * ```js
 * import { looseIPv4 } from '@netstrata/ip-utils/classify';
 *
 * console.log(looseIPv4('127.1'), looseIPv4('0x7f000001'), looseIPv4('017700000001')); // prints 127.0.0.1 127.0.0.1 127.0.0.1
 * ```
 */
export function looseIPv4(text: string | null | undefined): string | null {
  if (typeof text !== 'string') return null;
  const ascii = isASCII(text) ? text : mapped(text);
  const end = endOf(ascii);
  let value = 0;
  for (let start = 0, count = 1; count <= 4; count++) {
    const dot = ascii.indexOf('.', start);
    const isLast = dot < 0 || dot >= end;
    const number = part(ascii, start, isLast ? end : dot);
    if (number < 0) return null;
    if (isLast) {
      // The last part fills what the others leave.
      const size = 256 ** (5 - count);
      if (number >= size) return null;
      value = value * size + number;
      return dotted(Math.floor(value / 65536), value % 65536);
    }
    if (number > 255) return null;
    value = value * 256 + number;
    start = dot + 1;
  }
  return null;
}

function isASCII(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
