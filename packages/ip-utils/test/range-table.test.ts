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

it('forgets what is removed, and nothing that lies over it', () => {
  fc.assert(fc.property(fc.array(bounds, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(1000), { maxLength: 80 }), fc.boolean(), (added, picks, often) => {
    const [ipv4, ipv6] = [new RangeTable(1), new RangeTable(3)];
    const left = [...added];
    for (const [start, end] of added) {
      ipv4.add([start], [end]);
      ipv6.add(key(start), key(end));
    }
    const check = () => {
      const isHeld = (value: number) => left.some(([start, end]) => start <= value && value <= end);
      const wrong = Array.from({ length: 600 }, (_, value) => value).filter((value) => ipv4.hasIPv4(value) !== isHeld(value) || ipv6.hasIPv6(...key(value)) !== isHeld(value));
      expect(wrong).toEqual([]);
    };
    for (const pick of picks) {
      if (left.length === 0) break;
      const [[start, end]] = left.splice(pick % left.length, 1);
      ipv4.remove([start], [end]);
      ipv6.remove(key(start), key(end));
      if (often) check();
    }
    check();
  }), { numRuns: 150 });
});
