import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareBytes, formatBytes } from '../src/address/index.js';
import { cidrContains, cidrOverlaps, formatCIDR, parseCIDR } from '../src/cidr/index.js';
import { PrefixMap } from '../src/prefix-map/index.js';

// Few different bits, so that prefixes share beginnings, hold one another and are met again.
const byte = fc.oneof(fc.constantFrom(0, 0, 1, 2, 16, 17, 128, 192, 255), fc.nat(255));
const bytes = (length: 4 | 16) => fc.oneof(
  fc.array(byte, { minLength: length, maxLength: length }).map((all) => Uint8Array.from(all)),
  fc.tuple(fc.nat(length - 1), byte).map(([at, value]) => Uint8Array.from({ length }, (_, i) => (i === at ? value : 0))),
);
const address = fc.oneof(bytes(4), bytes(16));
const cidr = fc.oneof(
  fc.tuple(bytes(4), fc.oneof(fc.nat(32), fc.constantFrom(0, 1, 8, 24, 31, 32))),
  fc.tuple(bytes(16), fc.oneof(fc.nat(128), fc.constantFrom(0, 3, 48, 64, 96, 127, 128))),
).map(([network, prefix]) => formatCIDR(parseCIDR(`${formatBytes(network)}/${prefix}`)!));

const length = (text: string) => parseCIDR(text)!.prefix;
const order = (a: string, b: string) => compareBytes(parseCIDR(a)!.bytes, parseCIDR(b)!.bytes) || length(a) - length(b);

const pair = ([key, value]: readonly [string, number]) => ({ cidr: key, value });
/** The networks of a list that hold an address, the longest first. */
const holding = (list: ReadonlyMap<string, number>, holds: (cidr: string) => boolean) =>
  [...list].filter(([key]) => holds(key)).sort(([a], [b]) => length(b) - length(a)).map(pair);

type Step = readonly ['set' | 'delete' | 'delete one', string, number];
const steps = fc.array(fc.tuple(fc.constantFrom('set', 'set', 'delete', 'delete one'), cidr, fc.nat(1000)), { maxLength: 60 });

function apply(map: PrefixMap<number>, list: Map<string, number>, [what, key, value]: Step): void {
  if (what === 'set') {
    map.set(key, value);
    list.set(key, value);
    return;
  }
  const gone = what === 'delete' ? key : ([...list.keys()][value % list.size] ?? key);
  expect(map.delete(gone)).toBe(list.delete(gone));
}

it('answers as a list of networks that is searched from end to end, between additions and removals', () => {
  fc.assert(fc.property(steps, fc.array(address, { minLength: 6, maxLength: 6 }), fc.array(cidr, { minLength: 3, maxLength: 3 }), (all, addresses, networks) => {
    const map = new PrefixMap<number>();
    const list = new Map<string, number>();
    for (const step of all) {
      apply(map, list, step);
      const questions = [...addresses, parseCIDR(step[1])!.bytes];
      for (const one of questions) {
        const expected = holding(list, (key) => cidrContains(key, one));
        expect(map.lookup(one)).toEqual(expected[0]);
        expect(map.lookupValue(one)).toBe(expected[0]?.value);
        expect(map.covering(one)).toEqual(expected);
      }
      for (const key of [...networks, step[1]]) {
        expect(map.get(key)).toBe(list.get(key));
        expect(map.covering(key)).toEqual(holding(list, (other) => length(other) <= length(key) && cidrOverlaps(other, key)));
      }
    }
    expect(map.size).toBe(list.size);
    expect([...map]).toEqual([...list].sort(([a], [b]) => order(a, b)));
  }), { numRuns: 400 });
});
