import { addressBytes, parseAddress, type AddressLike, type IPAddress } from './parse.js';
import { formatDotted, formatGroups, readBytes } from './groups-text.js';
import { bytesIn, isBytes } from './is-bytes.js';

function noAddress(bytes: unknown): RangeError {
  return new RangeError(`An IP address is 4 or 16 bytes long, not ${isBytes(bytes) ? bytes.length : `of type ${typeof bytes}`}`);
}

/**
 * Formats bytes in network order: 4 as dotted decimal, 16 after RFC 5952.
 * @throws RangeError for any other length, and for what is no bytes.
 * @example
 * ```js
 * import { formatBytes } from '@netstrata/ip-utils/address';
 *
 * console.log(formatBytes(Uint8Array.of(10, 0, 0, 1))); // prints 10.0.0.1
 * ```
 */
export function formatBytes(bytes: Uint8Array): string {
  if (!isBytes(bytes) || (bytes.length !== 4 && bytes.length !== 16)) throw noAddress(bytes);
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  return formatGroups(readBytes(bytes), false);
}

/** How `formatAddress` and `normalizeAddress` write an address. */
export interface FormatOptions {
  /** Write the last 32 bits of an IPv6 address as IPv4: `64:ff9b::10.0.0.1`. Default false: only IPv4-mapped ones. */
  readonly dotted?: boolean | undefined;
}

/**
 * Read as other options are, never from a polluted Object.prototype; here without what else comes with them. What is no object is no
 * options: `list.map(normalizeAddress)` passes an index.
 */
function isDotted(options: unknown): boolean {
  let object = options;
  while (typeof object === 'object' && object !== null && object !== Object.prototype) {
    if (Object.hasOwn(object, 'dotted')) return Reflect.get(object, 'dotted', options) === true;
    object = Object.getPrototypeOf(object);
  }
  return false;
}

/**
 * Formats an address in its canonical form (RFC 5952): lower case, no leading zeros, the longest run of zero groups as `::` (the first
 * of equals, never a single group), IPv4-mapped addresses with a dotted tail, then `%zone` if there is one.
 * @throws RangeError when `bytes` are not 4 or 16, and for what is no address.
 * @example
 * ```js
 * import { formatAddress, parseAddress } from '@netstrata/ip-utils/address';
 *
 * console.log(formatAddress(parseAddress('2001:DB8:0:0:1:0:0:1'))); // prints 2001:db8::1:0:0:1
 * console.log(formatAddress(parseAddress('64:ff9b::a00:1'), { dotted: true })); // prints 64:ff9b::10.0.0.1
 * ```
 */
export function formatAddress(address: IPAddress, options: FormatOptions | undefined): string;
export function formatAddress(address: IPAddress): string;
export function formatAddress(address: IPAddress, options?: FormatOptions): string {
  const bytes = bytesIn(address);
  if (bytes === null) throw noAddress(address);
  const text = bytes.length === 16 && isDotted(options) ? formatDotted(readBytes(bytes)) : formatBytes(bytes);
  return text + zoneOf(address);
}

/**
 * The canonical spelling of `text`, by which two addresses can be compared, or null if it is no address, or no text.
 * @example
 * ```js
 * import { normalizeAddress } from '@netstrata/ip-utils/address';
 *
 * console.log(normalizeAddress('2001:DB8:0:0::1') === normalizeAddress('2001:db8::1')); // prints true
 * console.log(normalizeAddress('localhost')); // prints null
 * ```
 */
export function normalizeAddress(text: string | null | undefined, options: FormatOptions | undefined): string | null;
export function normalizeAddress(text: string | null | undefined): string | null;
export function normalizeAddress(text: string | null | undefined, options?: FormatOptions): string | null {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address, options);
}

/**
 * An address at its full length, as it sorts: `2001:0db8:0000:0000:0000:0000:0000:0001`, with its zone; IPv4 in its usual form.
 * @returns null for what is no address
 * @example
 * ```js
 * import { expand } from '@netstrata/ip-utils/address';
 *
 * console.log(expand('2001:db8::1')); // prints 2001:0db8:0000:0000:0000:0000:0000:0001
 * ```
 */
export function expand(address: AddressLike | null | undefined): string | null {
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  const bytes = addressBytes(parsed);
  if (bytes === null) return null;
  const text = bytes.length === 4 ? formatBytes(bytes) : readBytes(bytes).map((group) => group.toString(16).padStart(4, '0')).join(':');
  return text + zoneOf(parsed);
}

/** With its `%`. */
function zoneOf(address: unknown): string {
  const { zone } = address as Partial<IPAddress>;
  return typeof zone === 'string' ? `%${zone}` : '';
}
