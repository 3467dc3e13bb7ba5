/** A bound: one number for IPv4 (32 bits), three for IPv6 (48, 48 and 32 bits), most significant first. */
export type Key = readonly number[];

// A run is merged with the one before it unless that is so many times longer: few runs to search, and few merges for each key.
const FACTOR = 4;

type Run = Float64Array | Uint32Array;

/**
 * Keys, each as often as it was added, that can tell how many of them are not above a given one. They lie in sorted runs, each much
 * longer than the next: adding one costs a merge of short runs nearly always, so that n additions with searches between cost n log n.
 */
export class SortedKeys {
  readonly #width: 1 | 3;
  #runs: Run[] = [];
  #pending: number[] = [];
  #size = 0;

  constructor(width: 1 | 3) {
    this.#width = width;
  }

  get size(): number {
    return this.#size;
  }

  /** The key waits until the next search. */
  add(key: Key): void {
    for (let i = 0; i < this.#width; i++) this.#pending.push(key[i]);
    this.#size++;
  }

  /** How many are at most this, of keys of one number. */
  countTo(key: number): number {
    if (this.#pending.length > 0) this.#settle();
    const runs = this.#runs;
    let count = 0;
    for (let i = 0; i < runs.length; i++) count += countIn(runs[i], key);
    return count;
  }

  /** The same for keys of three. */
  countTo3(k0: number, k1: number, k2: number): number {
    if (this.#pending.length > 0) this.#settle();
    const runs = this.#runs;
    let count = 0;
    for (let i = 0; i < runs.length; i++) count += countIn3(runs[i], k0, k1, k2);
    return count;
  }

  /** Whether fewer than `count` are below `key`. In a single run the one at that place says it. */
  hasFewerBelow(count: number, key: number): boolean {
    if (this.#pending.length > 0) this.#settle();
    const runs = this.#runs;
    return runs.length === 1 ? runs[0][count - 1] >= key : this.countTo(key - 1) < count;
  }

  /** The same for keys of three. */
  hasFewerBelow3(count: number, k0: number, k1: number, k2: number): boolean {
    if (this.#pending.length > 0) this.#settle();
    const runs = this.#runs;
    return runs.length === 1 ? !isAtMost(runs[0], (count - 1) * 3, k0, k1, k2 - 1) : this.countTo3(k0, k1, k2 - 1) < count;
  }

  /** Takes out all of `gone`, each of which is here. */
  subtract(gone: SortedKeys): void {
    const from = this.#inOneRun();
    const these = gone.#inOneRun();
    const width = this.#width;
    const left = emptyRun(from.length - these.length, width);
    for (let i = 0, at = 0, next = 0; at < left.length; i += width) {
      if (next < these.length && compare(from, i, these, next, width) === 0) next += width;
      else for (let part = 0; part < width; part++) left[at++] = from[i + part];
    }
    this.#runs = [left];
    this.#size = left.length / width;
  }

  #settle(): void {
    const run = sorted(this.#pending, this.#width);
    this.#pending = [];
    this.#runs.push(run);
    const runs = this.#runs;
    while (runs.length > 1 && runs[runs.length - 2].length < FACTOR * runs[runs.length - 1].length) this.#mergeLast();
  }

  #mergeLast(): void {
    const last = this.#runs.pop()!;
    this.#runs.push(merged(this.#runs.pop()!, last, this.#width));
  }

  #inOneRun(): Run {
    if (this.#pending.length > 0) this.#settle();
    while (this.#runs.length > 1) this.#mergeLast();
    return this.#runs.length === 0 ? emptyRun(0, this.#width) : this.#runs[0];
  }
}

function emptyRun(length: number, width: 1 | 3): Run {
  return width === 1 ? new Uint32Array(length) : new Float64Array(length);
}

function countIn(run: Run, key: number): number {
  let low = 0;
  for (let count = run.length; count > 1; ) {
    const half = count >> 1;
    if (run[low + half] <= key) low += half;
    count -= half;
  }
  return run[low] <= key ? low + 1 : 0;
}

function countIn3(run: Run, k0: number, k1: number, k2: number): number {
  let low = 0;
  for (let count = run.length / 3; count > 1; ) {
    const half = count >> 1;
    if (isAtMost(run, (low + half) * 3, k0, k1, k2)) low += half;
    count -= half;
  }
  return isAtMost(run, low * 3, k0, k1, k2) ? low + 1 : 0;
}

/** Whether the key at `run[at]` is at most the given one. */
function isAtMost(run: Run, at: number, k0: number, k1: number, k2: number): boolean {
  const r0 = run[at];
  if (r0 !== k0) return r0 < k0;
  const r1 = run[at + 1];
  return r1 === k1 ? run[at + 2] <= k2 : r1 < k1;
}

function compare(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, width: number): number {
  for (let part = 0; part < width; part++) if (a[i + part] !== b[j + part]) return a[i + part] - b[j + part];
  return 0;
}

function sorted(keys: readonly number[], width: 1 | 3): Run {
  if (width === 1) return new Uint32Array(keys).sort();
  const order = Array.from({ length: keys.length / width }, (_, i) => i * width).sort((i, j) => compare(keys, i, keys, j, width));
  const run = new Float64Array(keys.length);
  let at = 0;
  for (const i of order) for (let part = 0; part < width; part++) run[at++] = keys[i + part];
  return run;
}

function merged(a: Run, b: Run, width: 1 | 3): Run {
  const run = emptyRun(a.length + b.length, width);
  for (let at = 0, i = 0, j = 0; at < run.length; ) {
    const takesA = j === b.length || (i < a.length && compare(a, i, b, j, width) <= 0);
    for (let part = 0; part < width; part++) run[at++] = takesA ? a[i++] : b[j++];
  }
  return run;
}
