import type { AddressLike } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import type { CIDR } from '../cidr/index.js';
import { invalidArgType } from '../errors/errors.js';
import { validateArray } from '../errors/validate.js';
import { prefixIn, prefixOf, type Prefix } from './given.js';
import { PrefixTrie } from './prefix-trie.js';

/** A network of the map, in canonical text, and what is stored for it. */
export interface PrefixMatch<V> {
  /** The network in canonical text. */
  readonly cidr: string;
  /** What was stored for it. */
  readonly value: V;
}

/** The prefixes of one version, and by entry their values. */
interface Half<V> {
  readonly trie: PrefixTrie;
  readonly values: (V | undefined)[];
}

const newHalf = <V>(width: 4 | 16): Half<V> => ({ trie: new PrefixTrie(width), values: [undefined] });

const matchOf = <V>({ trie, values }: Half<V>, entry: number): PrefixMatch<V> => (
  { cidr: trie.textOf(entry), value: values[entry] as V }
);

/**
 * A map from networks to values, which finds the longest network that an address lies in: a routing table.
 *
 * `get`, `set`, `has` and `delete` are about exactly one network; host bits are cleared, so `10.1.2.3/8` is `10.0.0.0/8`. `lookup` and
 * `covering` are about all networks that hold an address. IPv4 and IPv6 are apart, as in `cidrContains`: `::ffff:10.0.0.1` is not in
 * `10.0.0.0/8` (see `embeddedIPv4`). Nothing is ever built anew: additions and removals cost about what a lookup costs.
 *
 * Iteration is by address, IPv4 first, and of networks with one address the larger comes first. It goes on behind the network that came
 * last, whatever is added or removed meanwhile.
 *
 * Methods that take a network throw TypeError `ERR_INVALID_ARG_VALUE` for text that is none and `ERR_INVALID_ARG_TYPE` for what is neither
 * text nor a CIDR. What is no address is in no network.
 * @example
 * ```js
 * import { PrefixMap } from '@netstrata/ip-utils/prefix-map';
 *
 * const map = new PrefixMap([['10.0.0.0/8', 'ours']]).set('10.7.0.0/16', 'Oslo');
 * console.log(map.lookupValue('10.7.1.2'), map.lookupValue('10.8.0.1'), map.lookupValue('::1')); // prints Oslo ours undefined
 * ```
 */
export class PrefixMap<V> {
  #ipv4: Half<V> = newHalf(4);
  #ipv6: Half<V> = newHalf(16);
  #size = 0;

  /**
   * @param entries networks and their values, as of another map
   * @throws as `set`, TypeError `ERR_INVALID_ARG_TYPE` for what is no pair
   */
  constructor(entries: Iterable<readonly [cidr: CIDR | string, value: V]> = []) {
    const { [Symbol.iterator]: iterator } = Object(entries) as Partial<typeof entries>;
    if (typeof iterator !== 'function') throw invalidArgType('entries', 'iterable', entries);
    for (const entry of entries) {
      validateArray(entry, 'entry');
      this.set(entry[0], entry[1]);
    }
  }

  /**
   * The map that `toJSON` or `JSON.stringify` has made text or data of.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` unless it is an array of pairs, `ERR_INVALID_ARG_VALUE` for a network that is none,
   * SyntaxError for text that is no JSON
   */
  static fromJSON<V = unknown>(json: string | readonly (readonly [cidr: string, value: V])[]): PrefixMap<V> {
    const data: unknown = typeof json === 'string' ? JSON.parse(json) : json;
    validateArray(data, 'json');
    return new PrefixMap(data as [string, V][]);
  }

  /** How many networks there are. */
  get size(): number {
    return this.#size;
  }

  /** Stores a value for a network, in place of the one that it had. */
  set(cidr: CIDR | string, value: V): this {
    const { bytes, length } = prefixOf(cidr);
    const { trie, values } = this.#halfOf(bytes);
    let entry = trie.get(bytes, length);
    if (entry === 0) {
      entry = trie.add(bytes, length);
      this.#size++;
    }
    values[entry] = value;
    return this;
  }

  /** The value of exactly this network. */
  get(cidr: CIDR | string): V | undefined {
    const { bytes, length } = prefixOf(cidr);
    const { trie, values } = this.#halfOf(bytes);
    return values[trie.get(bytes, length)];
  }

  /** Whether there is exactly this network. */
  has(cidr: CIDR | string): boolean {
    const { bytes, length } = prefixOf(cidr);
    return this.#halfOf(bytes).trie.get(bytes, length) !== 0;
  }

  /** Removes exactly this network. @returns whether it was there */
  delete(cidr: CIDR | string): boolean {
    const { bytes, length } = prefixOf(cidr);
    const { trie, values } = this.#halfOf(bytes);
    const entry = trie.get(bytes, length);
    if (entry === 0) return false;
    trie.remove(entry);
    values[entry] = undefined;
    this.#size--;
    return true;
  }

  /** Removes every network. */
  clear(): void {
    this.#ipv4 = newHalf(4);
    this.#ipv6 = newHalf(16);
    this.#size = 0;
  }

  /** The longest network that an address lies in, and its value; undefined if there is none. */
  lookup(address: AddressLike | null | undefined): PrefixMatch<V> | undefined {
    const bytes = addressBytes(address);
    if (bytes === null) return undefined;
    const half = this.#halfOf(bytes);
    const entry = half.trie.find(bytes, 128);
    return entry === 0 ? undefined : matchOf(half, entry);
  }

  /** The value that `lookup` finds, without its text: for those who ask millions of times. */
  lookupValue(address: AddressLike | null | undefined): V | undefined {
    const bytes = addressBytes(address);
    if (bytes === null) return undefined;
    const { trie, values } = this.#halfOf(bytes);
    return values[trie.find(bytes, 128)];
  }

  /** All networks that hold an address, or all of a network, itself included: the longest first. */
  covering(addressOrCIDR: AddressLike | CIDR | null | undefined): PrefixMatch<V>[] {
    const prefix = prefixIn(addressOrCIDR);
    if (prefix === null) return [];
    const half = this.#halfOf(prefix.bytes);
    const found: PrefixMatch<V>[] = [];
    for (let limit = prefix.length; limit >= 0; ) {
      const entry = half.trie.find(prefix.bytes, limit);
      if (entry === 0) break;
      found.push(matchOf(half, entry));
      limit = half.trie.lengthOf(entry) - 1;
    }
    return found;
  }

  /** Networks and their values, in the order of iteration. */
  *entries(): IterableIterator<[cidr: string, value: V]> {
    for (const [{ trie, values }, entry] of this.#walk()) yield [trie.textOf(entry), values[entry] as V];
  }

  /** The networks, in the order of iteration. */
  *keys(): IterableIterator<string> {
    for (const [{ trie }, entry] of this.#walk()) yield trie.textOf(entry);
  }

  /** The values, in the order of their networks. */
  *values(): IterableIterator<V> {
    for (const [{ values }, entry] of this.#walk()) yield values[entry] as V;
  }

  /** Every entry, each found from the one before. */
  *#walk(): Generator<[half: Half<V>, entry: number], void, undefined> {
    for (const width of [4, 16] as const) {
      let at: Prefix = { bytes: new Uint8Array(width), length: -1 };
      for (;;) {
        const half: Half<V> = width === 4 ? this.#ipv4 : this.#ipv6;
        const entry = half.trie.after(at.bytes, at.length);
        if (entry === 0) break;
        at = { bytes: half.trie.bytesOf(entry).slice(), length: half.trie.lengthOf(entry) };
        yield [half, entry];
      }
    }
  }

  /** The same as `entries`. */
  [Symbol.iterator](): IterableIterator<[cidr: string, value: V]> {
    return this.entries();
  }

  /** All networks with their values, in the order of iteration. */
  toJSON(): [cidr: string, value: V][] {
    return [...this.entries()];
  }

  #halfOf(bytes: Uint8Array): Half<V> {
    return bytes.length === 4 ? this.#ipv4 : this.#ipv6;
  }
}
