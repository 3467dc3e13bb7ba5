import { groups } from './groups.js';
import { HEX } from './hex-digits.js';
import { scanIPv4 } from './ipv4.js';

const DOT = 46;
const COLON = 58;

/** More characters than the longest address has, IPv4 tail included. */
const BEYOND = 46;

/** Moves what follows `::` to the end of `groups` and fills the gap with zeros. */
function expand(count: number, gap: number): void {
  let to = 8;
  for (let from = count; from > gap; ) groups[--to] = groups[--from];
  while (to > gap) groups[--to] = 0;
}

/**
 * Scans the text form of RFC 4291 section 2.2 from the start of `text` into `groups`, an IPv4 tail included. One pass.
 * @returns the index after the address, or -1. What follows there (a zone, garbage) is for the caller to judge.
 */
export function scanIPv6(text: string): number {
  if (text.length < 2) return -1;
  let i = 0;
  let count = 0;
  let digits = 0;
  let value = 0;
  let gap = -1;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return -1;
    gap = 0;
    i = 2;
  }
  for (const limit = Math.min(text.length, BEYOND); i < limit; i++) {
    const code = text.charCodeAt(i);
    const digit = code < 103 ? HEX[code] : 16;
    if (digit < 16) {
      digits++;
      value = (value << 4) | digit;
    } else if (code === COLON) {
      if (digits > 0) {
        if (digits > 4 || count === 8) return -1;
        groups[count++] = value;
        digits = 0;
        value = 0;
      } else if (gap < 0) {
        gap = count;
      } else {
        return -1;
      }
    } else if (code === DOT) {
      // The tail stands for the last two groups: six come before it, or a gap does.
      if (digits === 0 || digits > 3 || count > 6 || (gap < 0 && count !== 6)) return -1;
      i = scanIPv4(text, i - digits, count);
      if (i < 0) return -1;
      return finish(i, count + 2, gap);
    } else break;
  }
  if (digits > 0) {
    if (digits > 4 || count === 8) return -1;
    groups[count++] = value;
  } else if (gap !== count) {
    // Of colons only `::` may come last.
    return -1;
  }
  return finish(i, count, gap);
}

/** Eight groups without `::`, fewer with it. */
function finish(end: number, count: number, gap: number): number {
  if (gap < 0) return count === 8 ? end : -1;
  if (count === 8) return -1;
  expand(count, gap);
  return end;
}
