/** A rule's place in its list, and addresses from `first` to `last` on the line of all addresses. */
export interface Span {
  readonly first: bigint;
  readonly last: bigint;
  readonly rule: number;
}

/** Where `value` is in sorted numbers, or would be: how many are not above it. */
function countTo(sorted: readonly bigint[], value: bigint): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortedBounds(spans: readonly Span[]): bigint[] {
  const all = spans.flatMap(({ first, last }) => [first, last + 1n]).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return all.filter((bound, i) => i === 0 || bound !== all[i - 1]);
}

/**
 * The first rule that holds an address: spans that may overlap, cut where one begins or ends. Built in n log n when first asked, searched
 * in log n.
 */
export class RuleTable {
  #spans: Span[] = [];
  #bounds: readonly bigint[] = [];
  /** Of the piece that begins at each bound: its rule, or -1. */
  #rules = new Int32Array(0);

  /** Before the first `find`; rules come in their order. */
  add(span: Span): void {
    this.#spans.push(span);
  }

  /** The rule's place in the list, or -1. */
  find(key: bigint): number {
    if (this.#spans.length > 0) this.#build();
    const count = countTo(this.#bounds, key);
    return count === 0 ? -1 : this.#rules[count - 1];
  }

  #build(): void {
    const spans = this.#spans;
    this.#spans = [];
    const bounds = sortedBounds(spans);
    const rules = new Int32Array(bounds.length).fill(-1);
    const unpainted = new Unpainted(bounds.length);
    for (const { first, last, rule } of spans) {
      const end = countTo(bounds, last);
      for (let i = unpainted.from(countTo(bounds, first) - 1); i < end; i = unpainted.from(i)) {
        rules[i] = rule;
        unpainted.delete(i);
      }
    }
    this.#bounds = bounds;
    this.#rules = rules;
  }
}

/** The numbers below a size, which go one by one: each piece is painted once, by the first rule that covers it. */
class Unpainted {
  /** From each number towards the next that is still here: itself, if it is. */
  readonly #next: Int32Array;

  constructor(size: number) {
    this.#next = Int32Array.from({ length: size + 1 }, (_, i) => i);
  }

  /** The first number from `at` on that is here, else the size. Halves the path that it takes. */
  from(at: number): number {
    const next = this.#next;
    while (next[at] !== at) at = next[at] = next[next[at]];
    return at;
  }

  delete(at: number): void {
    this.#next[at] = at + 1;
  }
}
