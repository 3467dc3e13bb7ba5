import { describe, expect, it } from 'vitest';
import { formatBytes } from '../src/address/index.js';
import { PrefixMap } from '../src/prefix-map/index.js';

/** The same numbers below `limit` each time. */
function numbers(): (limit: number) => number {
  let state = 7;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

type Network = readonly [bytes: Uint8Array, prefix: number];
const textOf = ([bytes, prefix]: Network) => `${formatBytes(bytes)}/${prefix}`;

function cut(bytes: Uint8Array, prefix: number): Uint8Array {
  return bytes.map((byte, i) => byte & (i * 8 >= prefix ? 0 : i === prefix >> 3 ? ~(0xff >> (prefix & 7)) : 0xff));
}

/** Networks below few others, of all lengths, so that they hold one another. */
function network(random: (limit: number) => number, width: 4 | 16): Network {
  const deep = random(width + 1);
  const bytes = Uint8Array.from({ length: width }, (_, i) => (i >= deep ? 0 : random(4) === 0 ? random(256) : [0, 16, 128, 129][random(4)]));
  const prefix = Math.min(width * 8, Math.max(0, deep * 8 - random(9)));
  return [cut(bytes, prefix), prefix];
}

/** The slow way: by text, from the longest prefix on. */
function longest(list: ReadonlyMap<string, number>, bytes: Uint8Array): { cidr: string; value: number } | undefined {
  for (let prefix = bytes.length * 8; prefix >= 0; prefix--) {
    const cidr = textOf([cut(bytes, prefix), prefix]);
    if (list.has(cidr)) return { cidr, value: list.get(cidr)! };
  }
  return undefined;
}

describe.each([4, 16] as const)('thousands of networks of %i bytes', (width) => {
  it('are found while they come and go, and when all are gone nothing is', () => {
    const random = numbers();
    const map = new PrefixMap<number>();
    const list = new Map<string, number>();
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 1000; i++) {
        const cidr = textOf(network(random, width));
        map.set(cidr, round * 1000 + i);
        list.set(cidr, round * 1000 + i);
      }
      for (const cidr of list.keys()) {
        if (random(5) > 1) continue;
        expect(map.delete(cidr)).toBe(true);
        list.delete(cidr);
      }
      expect(map.size).toBe(list.size);
      for (let i = 0; i < 150; i++) {
        const [bytes] = network(random, width);
        bytes[width - 1] ^= random(2);
        expect(map.lookup(bytes)).toEqual(longest(list, bytes));
      }
    }
    expect(new Map(map)).toEqual(list);
    for (const cidr of list.keys()) map.delete(cidr);
    expect([map.size, [...map], map.lookup(new Uint8Array(width))]).toEqual([0, [], undefined]);
  });
});
