/** A bound: one number for IPv4 (32 bits), three for IPv6 (48, 48 and 32 bits), most significant first. */
export type Key = readonly number[];

// Up to this many new ranges are put in one by one; above it sorting all anew is cheaper.
const FEW = 16;

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

/**
 * Sorted, disjoint, inclusive ranges, searched by bisection. Additions wait until the next search, so that loading a list costs one sort
 * and an addition now and then one insertion. The bounds lie flat in two arrays, `width` numbers each.
 */
export class RangeTable {
  readonly #width: 1 | 3;
  #starts: number[] = [];
  #ends: number[] = [];
  #pending: [Key, Key][] = [];

  constructor(width: 1 | 3) {
    this.#width = width;
  }

  add(start: Key, end: Key): void {
    this.#pending.push([start, end]);
  }

  /** Removes `[key, key]` from a table that holds only single addresses, each once. */
  removePoint(key: Key): void {
    this.#settle();
    const at = this.#firstFrom(this.#ends, key);
    if (compareKeys(this.#keyAt(this.#starts, at), key) === 0) this.#replace(at, at + 1);
  }

  clear(): void {
    this.#starts = [];
    this.#ends = [];
    this.#pending = [];
  }

  /** Whether an IPv4 address, as 32 unsigned bits, lies in a range. */
  hasIPv4(key: number): boolean {
    if (this.#pending.length > 0) this.#settle();
    const starts = this.#starts;
    let count = starts.length;
    if (count === 0) return false;
    let low = 0;
    while (count > 1) {
      const half = count >> 1;
      if (starts[low + half] <= key) low += half;
      count -= half;
    }
    return starts[low] <= key && key <= this.#ends[low];
  }

  /** Whether an IPv6 address lies in a range. */
  hasIPv6(k0: number, k1: number, k2: number): boolean {
    if (this.#pending.length > 0) this.#settle();
    const starts = this.#starts;
    let count = starts.length / 3;
    if (count === 0) return false;
    let low = 0;
    while (count > 1) {
      const half = count >> 1;
      if (isAtMost(starts, (low + half) * 3, k0, k1, k2)) low += half;
      count -= half;
    }
    const at = low * 3;
    const ends = this.#ends;
    if (!isAtMost(starts, at, k0, k1, k2)) return false;
    return (ends[at] === k0 && ends[at + 1] === k1 && ends[at + 2] === k2) || !isAtMost(ends, at, k0, k1, k2);
  }

  #settle(): void {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    if (pending.length > FEW) this.#rebuild(pending);
    else for (const [start, end] of pending) this.#insert(start, end);
  }

  #insert(start: Key, end: Key): void {
    const from = this.#firstFrom(this.#ends, start);
    let to = this.#firstFrom(this.#starts, end);
    // A range that starts where this one ends is joined too.
    if (to < this.#count && compareKeys(this.#keyAt(this.#starts, to), end) === 0) to++;
    if (from < to) {
      const first = this.#keyAt(this.#starts, from);
      const last = this.#keyAt(this.#ends, to - 1);
      this.#replace(from, to, compareKeys(first, start) < 0 ? first : start, compareKeys(last, end) > 0 ? last : end);
    } else this.#replace(from, from, start, end);
  }

  #rebuild(added: [Key, Key][]): void {
    for (let i = 0; i < this.#count; i++) added.push([this.#keyAt(this.#starts, i), this.#keyAt(this.#ends, i)]);
    added.sort((a, b) => compareKeys(a[0], b[0]));
    const merged: [Key, Key][] = [];
    for (const range of added) {
      const last = merged.at(-1);
      if (last === undefined || compareKeys(range[0], last[1]) > 0) merged.push(range);
      else if (compareKeys(range[1], last[1]) > 0) last[1] = range[1];
    }
    this.#starts = merged.flatMap(([start]) => start);
    this.#ends = merged.flatMap(([, end]) => end);
  }

  get #count(): number {
    return this.#starts.length / this.#width;
  }

  #keyAt(bounds: readonly number[], index: number): Key {
    return bounds.slice(index * this.#width, (index + 1) * this.#width);
  }

  /** The index of the first bound that is not below `key`. */
  #firstFrom(bounds: readonly number[], key: Key): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(this.#keyAt(bounds, middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #replace(from: number, to: number, start: Key = [], end: Key = []): void {
    const width = this.#width;
    this.#starts.splice(from * width, (to - from) * width, ...start);
    this.#ends.splice(from * width, (to - from) * width, ...end);
  }
}

/** Whether the bound at `bounds[at]` is at most the given key. */
function isAtMost(bounds: readonly number[], at: number, k0: number, k1: number, k2: number): boolean {
  const b0 = bounds[at];
  if (b0 !== k0) return b0 < k0;
  const b1 = bounds[at + 1];
  return b1 === k1 ? bounds[at + 2] <= k2 : b1 < k1;
}
