import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RangeTable } from '../src/block-list/range-table.js';

// 600 numbers in three places each, so that ranges overlap and touch, and IPv6 bounds differ in any of their three parts.
const key = (value: number) => [Math.floor(value / 36), Math.floor(value / 6) % 6, value % 6] as const;
const bounds = fc.tuple(fc.nat(599), fc.oneof(fc.nat(3), fc.nat(60))).map(([start, length]) => [start, Math.min(start + length, 599)] as const);
const batches = fc.array(fc.oneof(fc.array(bounds, { maxLength: 5 }), fc.array(bounds, { minLength: 17, maxLength: 40 })), { minLength: 1, maxLength: 5 });

it('holds exactly what was added, one by one and in bulk, checked between', () => {
  fc.assert(fc.property(batches, (added) => {
    const [ipv4, ipv6] = [new RangeTable(1), new RangeTable(3)];
    const held = new Set<number>();
    for (const batch of added) {
      for (const [start, end] of batch) {
        ipv4.add([start], [end]);
        ipv6.add(key(start), key(end));
        for (let value = start; value <= end; value++) held.add(value);
      }
      const wrong = Array.from({ length: 602 }, (_, i) => i - 1).filter((value) => ipv4.hasIPv4(value) !== held.has(value) || (value >= 0 && ipv6.hasIPv6(...key(value)) !== held.has(value)));
      expect(wrong).toEqual([]);
    }
  }), { numRuns: 300 });
});

it('gives single addresses back', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(599), { minLength: 1, maxLength: 60 }), fc.array(fc.nat(599), { maxLength: 30 }), (points, removed) => {
    const table = new RangeTable(3);
    for (const point of points) table.add(key(point), key(point));
    for (const point of removed) table.removePoint(key(point));
    for (let value = 0; value < 600; value++) expect(table.hasIPv6(...key(value))).toBe(points.includes(value) && !removed.includes(value));
  }), { numRuns: 200 });
});
