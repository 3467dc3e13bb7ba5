import { SortedKeys, type Key } from './sorted-keys.js';

/**
 * Inclusive ranges, which may overlap, and be removed again. A number is in as many of them as begin at or below it and do not end below
 * it: counting needs no order between ranges, so nothing has to be built anew when one goes.
 */
export class RangeTable {
  readonly #starts: SortedKeys;
  readonly #ends: SortedKeys;
  // Of ranges that were removed, until there are many.
  #goneStarts: SortedKeys;
  #goneEnds: SortedKeys;
  readonly #width: 1 | 3;

  constructor(width: 1 | 3) {
    this.#width = width;
    this.#starts = new SortedKeys(width);
    this.#ends = new SortedKeys(width);
    this.#goneStarts = new SortedKeys(width);
    this.#goneEnds = new SortedKeys(width);
  }

  add(start: Key, end: Key): void {
    this.#starts.add(start);
    this.#ends.add(end);
  }

  /** Takes out a range that was added, once. */
  remove(start: Key, end: Key): void {
    this.#goneStarts.add(start);
    this.#goneEnds.add(end);
    if (this.#goneStarts.size * 2 <= this.#starts.size) return;
    this.#starts.subtract(this.#goneStarts);
    this.#ends.subtract(this.#goneEnds);
    this.#goneStarts = new SortedKeys(this.#width);
    this.#goneEnds = new SortedKeys(this.#width);
  }

  /** Whether an IPv4 address, as 32 unsigned bits, lies in a range. */
  hasIPv4(key: number): boolean {
    const begun = this.#starts.countTo(key);
    if (begun === 0 || this.#goneStarts.size === 0) return begun > 0 && this.#ends.hasFewerBelow(begun, key);
    return begun - this.#ends.countTo(key - 1) > this.#goneStarts.countTo(key) - this.#goneEnds.countTo(key - 1);
  }

  /** Whether an IPv6 address lies in a range. */
  hasIPv6(k0: number, k1: number, k2: number): boolean {
    const begun = this.#starts.countTo3(k0, k1, k2);
    if (begun === 0 || this.#goneStarts.size === 0) return begun > 0 && this.#ends.hasFewerBelow3(begun, k0, k1, k2);
    return begun - this.#ends.countTo3(k0, k1, k2 - 1) > this.#goneStarts.countTo3(k0, k1, k2) - this.#goneEnds.countTo3(k0, k1, k2 - 1);
  }
}
