/** Random numbers that a seed repeats. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to below 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }
}

/** Sizes of every class that the code distinguishes: on V8's heap or not, short and long reads, coalesced or not, more than one read. */
const CLASSES = [[1, 64], [65, 300], [301, 4096], [4097, 20_000], [32_768, 70_000], [130_000, 300_000]] as const;
const SMALL_MORE_OFTEN = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5];
const SMALL = [0, 1, 2];

export function anySize(random: Random, isSmall: boolean): number {
  const [least, most] = CLASSES[random.pick(isSmall ? SMALL : SMALL_MORE_OFTEN)];
  return least + random.below(most - least + 1);
}
