import { formatAddress } from './format.js';
import { addressBytes, parseAddress, parseIPv4, parseIPv6, type AddressLike, type IPAddress } from './parse.js';

/** What a zone identifier has after `isIP` and in RFC 6874, before it is percent-encoded. */
const ZONE = /^[\w.~:-]{1,255}$/;
/** Far more than a name has (RFC 1035 section 2.3.4). */
const LONGEST = 1024;

/**
 * An address as the host of a URL: IPv6 in brackets, its zone after `%25` (RFC 6874 section 2): `[fe80::1%25eth0]`. WHATWG URL parsers
 * refuse zones.
 * @returns null for what is no address, and for a zone that has no such form
 * @example
 * ```js
 * import { toURLHost } from '@netstrata/ip-utils/address';
 *
 * console.log(toURLHost('::1'), toURLHost('fe80::1%eth0')); // prints [::1] [fe80::1%25eth0]
 * ```
 */
export function toURLHost(address: AddressLike | null | undefined): string | null {
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  const bytes = addressBytes(parsed);
  if (bytes === null) return null;
  const text = formatAddress({ version: bytes.length === 4 ? 4 : 6, bytes, zone: null });
  if (bytes.length === 4) return text;
  const { zone } = parsed as IPAddress;
  if (typeof zone !== 'string') return `[${text}]`;
  return ZONE.test(zone) ? `[${text}%25${zone.replaceAll(':', '%3A')}]` : null;
}

/**
 * Parses the host of a URL: an IPv4 address, or an IPv6 one in brackets, with its zone after `%25`, percent-encoded (RFC 6874 section 2).
 * @returns null for everything else: names, IPv6 without brackets, a zone after a bare `%`
 * @example
 * ```js
 * import { parseURLHost } from '@netstrata/ip-utils/address';
 *
 * console.log(parseURLHost('[fe80::1%25eth0]').zone, parseURLHost('::1')); // prints eth0 null
 * ```
 */
export function parseURLHost(text: string | null | undefined): IPAddress | null {
  if (typeof text !== 'string' || text.length > LONGEST) return null;
  const match = /^\[([\dA-Fa-f:.]+)(?:%25((?:[\w.~-]|%[\dA-Fa-f]{2})+))?\]$/.exec(text);
  if (match !== null) {
    const [, address, zone] = match as (string | undefined)[];
    const decoded = zone?.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return parseIPv6(decoded === undefined ? address! : `${address}%${decoded}`);
  }
  const bytes = parseIPv4(text);
  return bytes === null ? null : { version: 4, bytes, zone: null };
}

/** A host, and its port if there is one. */
export interface HostPort {
  /** A name as it was written; an address in canonical form, without brackets. */
  readonly host: string;
  /** 0 to 65535, or null where none is given. */
  readonly port: number | null;
}

/**
 * Parses `host`, `host:port`, `[ipv6]` or `[ipv6]:port`. An IPv6 address without brackets has no port: `::1:80` is the address ::1:80.
 * A zone may stand as in a URL or after a bare `%`. Names are not looked at closely: without white space and what separates parts of URLs.
 * @returns null for everything else, also for a port that is not 0 to 65535 in plain decimal, and for what is no text
 * @example
 * ```js
 * import { parseHostPort } from '@netstrata/ip-utils/address';
 *
 * console.log(parseHostPort('[::1]:80')); // prints { host: '::1', port: 80 }
 * console.log(parseHostPort('::1:80')); // prints { host: '::1:80', port: null }
 * ```
 */
export function parseHostPort(text: string | null | undefined): HostPort | null {
  if (typeof text !== 'string' || text.length > LONGEST) return null;
  const address = parseAddress(text);
  if (address !== null) return { host: formatAddress(address), port: null };
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.includes(':') ? text.indexOf(':') : text.length;
  const host = hostOf(text.slice(0, end));
  const port = /^(?::(0|[1-9]\d{0,4}))?$/.exec(text.slice(end));
  if (host === null || port === null || Number(port[1] ?? 0) > 0xffff) return null;
  return { host, port: port[1] === undefined ? null : Number(port[1]) };
}

function hostOf(text: string): string | null {
  if (text.startsWith('[')) {
    const address = parseURLHost(text) ?? parseIPv6(text.slice(1, -1));
    return address === null ? null : formatAddress(address);
  }
  return /^[^\s\p{Cc}:/?#@[\]\\%<>^|"`{}]{1,255}$/u.test(text) ? text : null;
}
