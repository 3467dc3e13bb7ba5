import { expect, it } from 'vitest';
import { judge } from '../src/compare/judge.mjs';
import { comparison } from '../src/compare/table.mjs';

const busy = (...rates: number[]) => rates.map((perSecond) => ({ perSecond, userMicros: 1e5 / perSecond, cpuMicros: 1e6 / perSecond }));
const held = (...sizes: number[]) => sizes.map((bytes) => ({ bytes }));
const base = busy(100, 100, 100, 100, 100);

it.each([
  ['faster', busy(110, 120, 130, 125, 101)],
  ['slower', busy(90, 80, 99, 70, 95)],
  ['within the spread', busy(110, 120, 99, 130, 140)],
] as const)('says %s', (word, head) => {
  expect(judge('served', base, head).map((judgement) => judgement.word)).toEqual([word, word, word]);
});

it('compares round with round', () => {
  const [{ median, low, high, word }] = judge('served', busy(100, 50, 200, 10, 80), busy(110, 55, 220, 11, 88));
  expect([median, low, high].map((ratio) => ratio.toFixed(2))).toEqual(['1.10', '1.10', '1.10']);
  expect(word).toBe('faster');
});

it('calls memory lighter or heavier', () => {
  expect(judge('idle', held(10, 10, 10, 10, 10), held(5, 5, 5, 5, 9))[0].word).toBe('lighter');
  expect(judge('idle', held(10, 10, 10, 10, 10), held(11, 12, 11, 12, 20))[0].word).toBe('heavier');
});

it('tells all CPU time from that of the program, and from throughput', () => {
  const head = base.map(({ perSecond }) => ({ perSecond, cpuMicros: 5000, userMicros: 2000 }));
  const words = judge('served', base, head).map(({ basis, median, word }) => [basis, median, word]);
  expect(words).toEqual([['cpu', 2, 'faster'], ['user', 0.5, 'slower'], ['throughput', 1, 'within the spread']]);
});

it('says nothing of a few rounds', () => {
  expect(judge('served', busy(100), busy(200))[0].word).toBe('too few rounds');
});

it('shows what changed and what failed', () => {
  const head = busy(200, 200, 200, 200, 200);
  const text = comparison(
    [
      { name: 'echo-64', base: { rounds: base, failed: null }, head: { rounds: head, failed: null }, judgements: judge('served', base, head) },
      { name: 'churn', base: { rounds: base, failed: null }, head: { rounds: [], failed: 'why' }, judgements: null },
    ],
    'main',
  );
  expect(text).toContain('2.00..2.00');
  expect(text).toContain('faster');
  expect(text).toContain('failed');
});
