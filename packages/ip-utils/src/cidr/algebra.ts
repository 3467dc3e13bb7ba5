import type { AddressLike } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { invalidArgValue } from '../errors/errors.js';
import { cidrContains, isCIDR, parseCIDR, samePrefix, toCIDR, type CIDR } from './cidr.js';
import { intervalOf, intervalOfAddress, networksOf, shared, united, without, type Interval } from './interval.js';
import { networksAs, type NetworkIn, type ResultForm, type ResultOptions } from './result.js';

// Sets of addresses. All take one network or a list, sort once, and walk the two lists side by side: n log n, whatever the prefixes.
// All throw TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR.

/** One network or several, as text or parsed. */
export type CIDRs = CIDR | string | readonly (CIDR | string)[];

function setOf(cidrs: CIDRs, name: string): Interval[] {
  if (!Array.isArray(cidrs)) return [intervalOf(toCIDR(cidrs as CIDR | string, name))];
  // Unlike map, from takes a hole for an element, which is no network.
  return united(Array.from(cidrs as (CIDR | string)[], (cidr, i) => intervalOf(toCIDR(cidr, `${name}[${i}]`))));
}

function networks<Form extends ResultForm>(set: readonly Interval[], options: ResultOptions<Form> | undefined): NetworkIn<Form>[] {
  const form = networksAs(options);
  return set.flatMap((interval) => Array.from(networksOf(interval), form));
}

/**
 * The fewest networks that hold exactly the addresses of the given ones, in order, IPv4 first.
 * @example
 * ```js
 * import { merge } from '@netstrata/ip-utils/cidr';
 *
 * console.log(merge(['10.0.1.0/24', '10.0.0.0/24', '10.0.0.7/32'])); // prints [ '10.0.0.0/23' ]
 * ```
 */
export function merge<Form extends ResultForm = 'text'>(cidrs: CIDRs, options: ResultOptions<Form> | undefined): NetworkIn<Form>[];
export function merge(cidrs: CIDRs): string[];
export function merge<Form extends ResultForm>(cidrs: CIDRs, options?: ResultOptions<Form>): NetworkIn<Form>[] {
  return networks(setOf(cidrs, 'cidrs'), options);
}

/**
 * The fewest networks that hold the addresses of `cidrs` without those of `excluded`.
 * @example
 * ```js
 * import { exclude } from '@netstrata/ip-utils/cidr';
 *
 * console.log(exclude('10.0.0.0/8', '10.64.0.0/10')); // prints [ '10.0.0.0/10', '10.128.0.0/9' ]
 * ```
 */
export function exclude<Form extends ResultForm = 'text'>(cidrs: CIDRs, excluded: CIDRs, options?: ResultOptions<Form>): NetworkIn<Form>[] {
  return networks(without(setOf(cidrs, 'cidrs'), setOf(excluded, 'excluded')), options);
}

/**
 * The fewest networks that hold the addresses that `a` and `b` share.
 * @example
 * ```js
 * import { intersect } from '@netstrata/ip-utils/cidr';
 *
 * console.log(intersect('10.0.0.0/8', ['10.1.0.0/16', '11.0.0.0/8'])); // prints [ '10.1.0.0/16' ]
 * ```
 */
export function intersect<Form extends ResultForm = 'text'>(a: CIDRs, b: CIDRs, options?: ResultOptions<Form>): NetworkIn<Form>[] {
  return networks(shared(setOf(a, 'a'), setOf(b, 'b')), options);
}

/**
 * Whether `a` and `b` have an address in common.
 * @example
 * ```js
 * import { overlaps } from '@netstrata/ip-utils/cidr';
 *
 * console.log(overlaps(['10.0.0.0/8', '192.168.0.0/16'], '192.168.7.0/24')); // prints true
 * ```
 */
export function overlaps(a: CIDRs, b: CIDRs): boolean {
  return shared(setOf(a, 'a'), setOf(b, 'b')).length > 0;
}

/**
 * Whether all of `inner`, an address or a network, lies in the networks, if need be in several together. Versions are kept apart, zones do
 * not count; what is neither an address nor a network lies in none.
 * @example
 * ```js
 * import { contains } from '@netstrata/ip-utils/cidr';
 *
 * console.log(contains(['10.0.0.0/9', '10.128.0.0/9'], '10.0.0.0/8'), contains('10.0.0.0/8', '11.0.0.1')); // prints true false
 * ```
 */
export function contains(cidrs: CIDRs, inner: AddressLike | CIDR | null | undefined): boolean {
  if (!Array.isArray(cidrs)) return holds(cidrs as CIDR | string, inner);
  const set = setOf(cidrs as CIDRs, 'cidrs');
  const network = innerNetwork(inner);
  const wanted = network === null ? addressInterval(inner as AddressLike | null | undefined) : intervalOf(network);
  if (wanted === null) return false;
  return set.some(({ version, first, last }) => version === wanted.version && first <= wanted.first && wanted.last <= last);
}

/** The same of one network, without numbers. */
function holds(cidr: CIDR | string, inner: AddressLike | CIDR | null | undefined): boolean {
  const network = innerNetwork(inner);
  if (network === null) return cidrContains(cidr, inner as AddressLike | null | undefined);
  const { bytes, prefix } = toCIDR(cidr);
  return network.prefix >= prefix && samePrefix(bytes, network.bytes, prefix);
}

function innerNetwork(inner: unknown): CIDR | null {
  if (typeof inner === 'string') return parseCIDR(inner);
  return isCIDR(inner) ? inner : null;
}

function addressInterval(address: AddressLike | null | undefined): Interval | null {
  const bytes = addressBytes(address);
  return bytes === null ? null : intervalOfAddress(bytes);
}

/**
 * The fewest networks that hold the addresses from `first` to `last`, both included.
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for what is no address, two versions, or a range that ends before it begins
 * @example
 * ```js
 * import { rangeToCidrs } from '@netstrata/ip-utils/cidr';
 *
 * console.log(rangeToCidrs('10.0.0.1', '10.0.0.4')); // prints [ '10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/32' ]
 * ```
 */
export function rangeToCidrs<Form extends ResultForm = 'text'>(
  first: AddressLike, last: AddressLike, options?: ResultOptions<Form>,
): NetworkIn<Form>[] {
  const from = addressInterval(first);
  if (from === null) throw invalidArgValue('first', first, 'must be an IP address');
  const to = addressInterval(last);
  if (to?.version !== from.version) throw invalidArgValue('last', last, `must be an IPv${from.version} address`);
  if (from.first > to.last) throw invalidArgValue('last', last, 'must not come before first');
  return networks([{ version: from.version, first: from.first, last: to.last }], options);
}
