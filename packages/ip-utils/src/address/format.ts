import { parseAddress } from './parse.js';
import { formatGroups, readBytes } from './groups-text.js';
import type { IPAddress } from './types.js';

function wrongLength(bytes: Uint8Array): RangeError {
  return new RangeError(`An IP address is 4 or 16 bytes long, not ${bytes.length}`);
}

/**
 * Formats bytes in network order: 4 as dotted decimal, 16 after RFC 5952.
 * @throws RangeError for any other length.
 */
export function formatBytes(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) throw wrongLength(bytes);
  return formatGroups(readBytes(bytes), false);
}

/**
 * Formats an address in its canonical form (RFC 5952): lower case, no leading zeros, the longest run of zero groups as `::` (the first
 * of equals, never a single group), IPv4-mapped addresses with a dotted tail, then `%zone` if there is one.
 * @throws RangeError when `bytes` are not 4 or 16.
 */
export function formatAddress(address: IPAddress): string {
  const text = formatBytes(address.bytes);
  return address.zone === null ? text : `${text}%${address.zone}`;
}

/** The canonical spelling of `text`, by which two addresses can be compared, or null if it is no address. */
export function normalizeAddress(text: string): string | null {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address);
}
