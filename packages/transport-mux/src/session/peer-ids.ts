/** So many gaps are kept. */
const MOST = 256;

/** Ids from `from` to `to`, by twos. */
type Gap = [from: number, to: number];

/**
 * Which ids one side has used. They count up; but a peer with threads may say its SYNs in another order than it has numbered them, so ids
 * that were left out may still come. Of many gaps the oldest are closed.
 */
export class PeerIds {
  #highest: number;
  readonly #gaps: Gap[] = [];

  /** @param first the first id of that side: 1 or 2 */
  constructor(first: 1 | 2) {
    this.#highest = first - 2;
  }

  #isOfSide(id: number): boolean {
    return id > 0 && (id & 1) === (this.#highest & 1);
  }

  #gapOf(id: number): number {
    return this.#gaps.findIndex(([from, to]) => from <= id && id <= to);
  }

  /** Notes that a stream is opened with this id. False where that side may not. */
  take(id: number): boolean {
    if (!this.#isOfSide(id)) return false;
    if (id > this.#highest) {
      if (id > this.#highest + 2) this.#gaps.push([this.#highest + 2, id - 2]);
      if (this.#gaps.length > MOST) this.#gaps.shift();
      this.#highest = id;
      return true;
    }
    const index = this.#gapOf(id);
    if (index === -1) return false;
    const [from, to] = this.#gaps[index];
    const rest: Gap[] = [[from, id - 2], [id + 2, to]];
    this.#gaps.splice(index, 1, ...rest.filter(([least, most]) => least <= most));
    if (this.#gaps.length > MOST) this.#gaps.shift();
    return true;
  }

  /** Whether there has been a stream with this id. */
  wasUsed(id: number): boolean {
    return this.#isOfSide(id) && id <= this.#highest && this.#gapOf(id) === -1;
  }
}
