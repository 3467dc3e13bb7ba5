import { parseAddress } from './parse.js';
import { formatGroups, readBytes } from './groups-text.js';
import { bytesIn, isBytes } from './is-bytes.js';
import type { IPAddress } from './types.js';

function noAddress(bytes: unknown): RangeError {
  return new RangeError(`An IP address is 4 or 16 bytes long, not ${isBytes(bytes) ? bytes.length : `of type ${typeof bytes}`}`);
}

/**
 * Formats bytes in network order: 4 as dotted decimal, 16 after RFC 5952.
 * @throws RangeError for any other length, and for what is no bytes.
 */
export function formatBytes(bytes: Uint8Array): string {
  if (!isBytes(bytes) || (bytes.length !== 4 && bytes.length !== 16)) throw noAddress(bytes);
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  return formatGroups(readBytes(bytes), false);
}

/**
 * Formats an address in its canonical form (RFC 5952): lower case, no leading zeros, the longest run of zero groups as `::` (the first
 * of equals, never a single group), IPv4-mapped addresses with a dotted tail, then `%zone` if there is one.
 * @throws RangeError when `bytes` are not 4 or 16, and for what is no address.
 */
export function formatAddress(address: IPAddress): string {
  const bytes = bytesIn(address);
  if (bytes === null) throw noAddress(address);
  const text = formatBytes(bytes);
  return typeof address.zone !== 'string' ? text : `${text}%${address.zone}`;
}

/** The canonical spelling of `text`, by which two addresses can be compared, or null if it is no address, or no text. */
export function normalizeAddress(text: string): string | null {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address);
}
