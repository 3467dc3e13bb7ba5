import { invalidArgType, invalidArgValue } from '../errors/errors.js';
import { validateString } from '../errors/validate.js';

/** A rule of `toJSON()`, in its parts. */
export type ParsedRule =
  | { readonly kind: 'subnet'; readonly family: Family; readonly network: string; readonly prefix: number }
  | { readonly kind: 'address'; readonly family: Family; readonly address: string }
  | { readonly kind: 'range'; readonly family: Family; readonly start: string; readonly end: string };

type Family = 'ipv4' | 'ipv6';

/** No integer is longer when `String` has written it without an exponent. */
const LONGEST_NUMBER = 22;

/** Takes `address/prefix` apart as Node's `addCIDR` does; whether the two are valid is for `addSubnet` to say. */
export function splitCIDR(cidr: unknown): { readonly address: string; readonly prefix: number; readonly family: Family } {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash < 0) throw invalidArgValue('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  const address = cidr.slice(0, slash);
  const text = cidr.slice(slash + 1);
  const prefix = text.length > LONGEST_NUMBER ? Number.NaN : Number.parseInt(text, 10);
  if (Number.isNaN(prefix) || String(prefix) !== text) throw invalidArgValue('cidr', cidr, 'prefix length must be a valid integer');
  return { address, prefix, family: address.includes(':') ? 'ipv6' : 'ipv4' };
}

/**
 * The strings of `fromJSON`'s argument: an array of them, or its JSON.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, SyntaxError for text that is no JSON
 */
export function ruleTexts(data: unknown): string[] {
  const list: unknown = typeof data === 'string' ? JSON.parse(data) : data;
  const isTexts = Array.isArray(list) && (list as unknown[]).every((item) => typeof item === 'string');
  if (!isTexts) throw invalidArgType('data', 'of type string or string[]', list);
  return list as string[];
}

// What Node reads: anywhere in the text, addresses only roughly shaped. Every repetition is bounded, so none backtracks far.
const IPV4 = String.raw`(\d{1,3}(?:\.\d{1,3}){3})`;
const IPV6 = '([0-9a-f:.]{1,45})';
const PATTERNS = {
  ipv4: {
    subnet: new RegExp(String.raw`Subnet: IPv4 ${IPV4}/(\d{1,2})`),
    address: new RegExp(`Address: IPv4 ${IPV4}`),
    range: new RegExp(`Range: IPv4 ${IPV4}-${IPV4}`),
  },
  ipv6: {
    subnet: new RegExp(String.raw`Subnet: IPv6 ${IPV6}/(\d{1,3})`, 'i'),
    address: new RegExp(`Address: IPv6 ${IPV6}`, 'i'),
    range: new RegExp(`Range: IPv6 ${IPV6}-${IPV6}`, 'i'),
  },
} as const;

/** Takes one rule text apart, or gives null: Node passes over what it does not know. */
export function parseRule(text: string): ParsedRule | null {
  return (text.includes('IPv4') ? match(text, 'ipv4') : null) ?? (text.includes('IPv6') ? match(text, 'ipv6') : null);
}

function match(text: string, family: Family): ParsedRule | null {
  const patterns = PATTERNS[family];
  const subnet = patterns.subnet.exec(text);
  if (subnet !== null) return { kind: 'subnet', family, network: subnet[1], prefix: Number(subnet[2]) };
  const address = patterns.address.exec(text);
  if (address !== null) return { kind: 'address', family, address: address[1] };
  const range = patterns.range.exec(text);
  return range === null ? null : { kind: 'range', family, start: range[1], end: range[2] };
}
