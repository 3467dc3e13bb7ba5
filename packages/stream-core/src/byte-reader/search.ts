/**
 * A search for a delimiter in bytes that arrive bit by bit: no byte is looked at twice, however they were split (Knuth, Morris and Pratt,
 * 1977).
 */
export class Search {
  readonly delimiter: Uint8Array;
  /** Where to go on after a mismatch: for each length of a match, the longest shorter one that is its end, too. */
  readonly #shorter: Uint32Array;
  /** How many bytes were searched, from where the reader is now. */
  #searched = 0;
  /** How many bytes of the delimiter were the last of them. */
  #matched = 0;

  constructor(delimiter: Uint8Array) {
    this.delimiter = delimiter;
    this.#shorter = shorterMatches(delimiter);
  }

  /** How many bytes of the delimiter are at the end of what was searched. */
  get matched(): number {
    return this.#matched;
  }

  /** Where the delimiter is, from `at` on; -1 if it is not there up to `end`. */
  find(memory: Uint8Array, at: number, end: number): number {
    const { delimiter } = this;
    const size = delimiter.length;
    let matched = this.#matched;
    let i = at + this.#searched;
    while (i < end && matched < size) {
      if (matched === 0) {
        const found = indexOfByte(memory, delimiter[0], i, end);
        i = found < 0 ? end : found + 1;
        if (found >= 0) matched = 1;
        continue;
      }
      const byte = memory[i++];
      while (matched > 0 && byte !== delimiter[matched]) matched = this.#shorter[matched];
      if (byte === delimiter[matched]) matched++;
    }
    // What was found is found again: it stays until it is taken.
    this.#searched = matched === size ? i - at - 1 : i - at;
    this.#matched = matched === size ? size - 1 : matched;
    return matched === size ? i - at - size : -1;
  }

  /** The reader has gone on by so many bytes. */
  passed(count: number): void {
    if (count <= this.#searched - this.#matched) {
      this.#searched -= count;
    } else {
      this.#searched = 0;
      this.#matched = 0;
    }
  }

  /** Bytes at the end are gone: it begins again. */
  restart(): void {
    this.#searched = 0;
    this.#matched = 0;
  }
}

function shorterMatches(delimiter: Uint8Array): Uint32Array {
  const shorter = new Uint32Array(delimiter.length + 1);
  for (let i = 1, matched = 0; i < delimiter.length; i++) {
    while (matched > 0 && delimiter[i] !== delimiter[matched]) matched = shorter[matched];
    if (delimiter[i] === delimiter[matched]) matched++;
    shorter[i + 1] = matched;
  }
  return shorter;
}

/** Up to so many bytes a loop is faster than the call that a search of the runtime's takes. */
const NEAR = 48;

/** As `indexOf`, between two places. */
export function indexOfByte(memory: Uint8Array, byte: number, from: number, end: number): number {
  const near = Math.min(end, from + NEAR);
  for (let i = from; i < near; i++) if (memory[i] === byte) return i;
  if (near === end) return -1;
  const found = memory.subarray(near, end).indexOf(byte);
  return found < 0 ? -1 : near + found;
}
