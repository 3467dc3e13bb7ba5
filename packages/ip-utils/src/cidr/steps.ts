import { numberToBytes } from '../address/number.js';
import { validateInteger } from '../errors/validate.js';
import { toCIDR, type CIDR } from './cidr.js';
import { bitsOf, intervalOf, sizeOf, type Interval } from './interval.js';
import { addressesAs, networksAs, type AddressIn, type NetworkIn, type ResultForm, type ResultOptions } from './result.js';

// All throw TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR: at
// the call, also where what they return is lazy.

/**
 * How many addresses a network has: 1n to 2n ** 128n.
 * @example
 * ```js
 * import { size } from '@netstrata/ip-utils/cidr';
 *
 * console.log(size('10.0.0.0/24'), size('2001:db8::/32')); // prints 256n 79228162514264337593543950336n
 * ```
 */
export function size(cidr: CIDR | string): bigint {
  return sizeOf(toCIDR(cidr));
}

/**
 * The networks of a longer prefix that a network consists of, in order, each made when it is asked for: `::/0` into /64 is no trouble.
 * @param prefix from that of the network to 32 or 128
 * @throws RangeError `ERR_OUT_OF_RANGE`
 * @example
 * ```js
 * import { split } from '@netstrata/ip-utils/cidr';
 *
 * console.log([...split('10.0.0.0/23', 24)], split('::/0', 64).next().value); // prints [ '10.0.0.0/24', '10.0.1.0/24' ] ::/64
 * ```
 */
export function split<Form extends ResultForm = 'text'>(
  cidr: CIDR | string, prefix: number, options?: ResultOptions<Form>,
): Generator<NetworkIn<Form>, void, undefined> {
  const network = toCIDR(cidr);
  const interval = intervalOf(network);
  validateInteger(prefix, 'prefix', network.prefix, bitsOf(interval.version));
  return networksFrom(interval, prefix, networksAs(options));
}

function* networksFrom<Result>(interval: Interval, prefix: number, form: (cidr: CIDR) => Result): Generator<Result, void, undefined> {
  const { version, first, last } = interval;
  const bits = bitsOf(version);
  const step = 1n << BigInt(bits - prefix);
  for (let value = first; value <= last; value += step) yield form({ version, bytes: numberToBytes(value, bits / 8), prefix });
}

/**
 * The addresses of a network, the first and the last included, each made when it is asked for.
 * @example
 * ```js
 * import { addresses } from '@netstrata/ip-utils/cidr';
 *
 * console.log([...addresses('10.0.0.0/31')]); // prints [ '10.0.0.0', '10.0.0.1' ]
 * ```
 */
export function addresses<Form extends ResultForm = 'text'>(
  cidr: CIDR | string, options: ResultOptions<Form> | undefined,
): Generator<AddressIn<Form>, void, undefined>;
export function addresses(cidr: CIDR | string): Generator<string, void, undefined>;
export function addresses<Form extends ResultForm>(
  cidr: CIDR | string, options?: ResultOptions<Form>,
): Generator<AddressIn<Form>, void, undefined> {
  return addressesFrom(intervalOf(toCIDR(cidr)), addressesAs(options));
}

function* addressesFrom<Result>(interval: Interval, form: (version: 4 | 6, value: bigint) => Result): Generator<Result, void, undefined> {
  const { version, first, last } = interval;
  for (let value = first; value <= last; value++) yield form(version, value);
}

/**
 * The network of the same size after this one, or null after the last.
 * @example
 * ```js
 * import { next } from '@netstrata/ip-utils/cidr';
 *
 * console.log(next('10.0.0.0/24'), next('255.255.255.0/24')); // prints 10.0.1.0/24 null
 * ```
 */
export function next<Form extends ResultForm = 'text'>(
  cidr: CIDR | string, options: ResultOptions<Form> | undefined,
): NetworkIn<Form> | null;
export function next(cidr: CIDR | string): string | null;
export function next<Form extends ResultForm>(cidr: CIDR | string, options?: ResultOptions<Form>): NetworkIn<Form> | null {
  return neighbour(cidr, 1n, networksAs(options));
}

/**
 * The network of the same size before this one, or null before the first.
 * @example
 * ```js
 * import { previous } from '@netstrata/ip-utils/cidr';
 *
 * console.log(previous('10.0.1.0/24'), previous('0.0.0.0/24')); // prints 10.0.0.0/24 null
 * ```
 */
export function previous<Form extends ResultForm = 'text'>(
  cidr: CIDR | string, options: ResultOptions<Form> | undefined,
): NetworkIn<Form> | null;
export function previous(cidr: CIDR | string): string | null;
export function previous<Form extends ResultForm>(cidr: CIDR | string, options?: ResultOptions<Form>): NetworkIn<Form> | null {
  return neighbour(cidr, -1n, networksAs(options));
}

function neighbour<Result>(cidr: CIDR | string, steps: bigint, form: (cidr: CIDR) => Result): Result | null {
  const network = toCIDR(cidr);
  const { version, first } = intervalOf(network);
  const value = first + steps * sizeOf(network);
  const bits = bitsOf(version);
  return value < 0n || value >> BigInt(bits) > 0n ? null : form({ version, bytes: numberToBytes(value, bits / 8), prefix: network.prefix });
}
