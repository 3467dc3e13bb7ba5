import { scanIPv4 } from './ipv4.js';
import { scanIPv6 } from './ipv6.js';
import { groups } from './groups.js';

const PERCENT = 37;

/** Scans `text` as IPv4 into `groups`, in mapped form. @returns the index after it, or -1. */
function readIPv4(text: string): number {
  const end = scanIPv4(text, 0, 6);
  if (end >= 0) {
    groups[0] = groups[1] = groups[2] = groups[3] = groups[4] = 0;
    groups[5] = 0xffff;
  }
  return end;
}

/**
 * What Node's `SocketAddress` and `BlockList` take for an address: they hand a C string to `uv_inet_pton`, so the text ends at a NUL, and
 * whatever follows `%` in IPv6 is dropped. Leaves the address in `groups`.
 */
export function pton(text: string, family: 'ipv4' | 'ipv6'): boolean {
  const end = family === 'ipv4' ? readIPv4(text) : scanIPv6(text);
  if (end < 0) return false;
  if (end === text.length) return true;
  const code = text.charCodeAt(end);
  return code === 0 || (code === PERCENT && family === 'ipv6');
}

/** Whether `groups` hold an IPv4-mapped address, `::ffff:0:0/96`. */
export function isMapped(): boolean {
  return (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) === 0 && groups[5] === 0xffff;
}
