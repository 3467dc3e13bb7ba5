import { inspect } from 'node:util';
import { afterAll, expect, it, vi } from 'vitest';
import { show } from '../src/base/show.js';
import { asText, describe, invalidArgValue } from '../src/index.js';

const values = [
  'text', '', "it's", 'a "word"', `it's "so"`, `it's "so" \`too\``, 'line\nend\t\\', '\u0000\u001b\u001f', 'x'.repeat(10_000), 'x'.repeat(10_001), 'x'.repeat(10_002),
  5, -0, 0, NaN, 10n, true, undefined, null, Symbol('of mine'), () => {}, function named() {},
  [], {}, [1, [2]], { a: { b: 'c' } }, Object.create(null), Object.assign(Object.create(null) as object, { a: 1 }),
  { a: { b: { c: { d: 1 }, e: [1], f: [], g: {} } } },
];

it.each(values.map((value, i) => [i, value]))('values are shown as util.inspect shows them (value %i)', (_i, value) => {
  expect(show(value)).toBe(inspect(value, { breakLength: Infinity, compact: 5 }));
});

it('text stands in a message as it is, other values as they are shown, and both are cut where they are long', () => {
  expect(['text', 5, null, { a: 1 }, 'x'.repeat(1001)].map(asText)).toEqual(['text', '5', 'null', '{ a: 1 }', `${'x'.repeat(1000)}...`]);
});

// The files that follow have values shown as before.
afterAll(() => { vi.resetModules(); });

it('values are shown by the runtime where it can, and text is cut all the same', async () => {
  vi.resetModules();
  const { asText, describe, invalidArgValue, showWith } = await import('../src/index.js');
  const asked: unknown[] = [];
  showWith({ inspect: (value, options) => `<${typeof value} ${asked.push(options)}>`, format: (pattern, value) => `${pattern} ${String(value)}` });
  expect([asText('a'), asText('x'.repeat(2000)).length, invalidArgValue('option', []).message]).toEqual(['%s a', 1003, "The argument 'option' is invalid. Received <object 1>"]);
  expect([describe(Object.create(null)), asked]).toEqual(['<object 2>', [undefined, { depth: -1 }]]);
});

it('what refers to itself is shown, to a depth', () => {
  const circular: Record<string, unknown> = { name: 'me' };
  circular['self'] = circular;
  expect(invalidArgValue('option', circular).message).toMatch(/^The argument 'option' is invalid\. Received \{ name: 'me', self: \{ name: 'me', self: \{/);
});

it('what is nested a hundred thousand deep is shown, to a depth', () => {
  let nested: unknown = 'core';
  for (let i = 0; i < 100_000; i++) nested = i % 2 === 0 ? [nested] : { nested };
  expect(invalidArgValue('option', nested).message).toMatch(/\[(Array|Object)\]/);
});

it.each([
  ['text', 'x'.repeat(4_000_000)],
  ['an array', Array.from({ length: 1_000_000 }, (_, i) => i)],
  ['an object', Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]))],
])('%s of millions is shown in part', (_, value) => {
  expect(invalidArgValue('option', value).message.length).toBeLessThan(300);
  expect(asText(value).length).toBeLessThan(1100);
  expect(describe(value).length).toBeLessThan(100);
});

it('short values are shown whole', () => {
  expect(invalidArgValue('option', { a: [1, 'b'], c: null }).message).toBe("The argument 'option' is invalid. Received { a: [ 1, 'b' ], c: null }");
  expect(asText('x'.repeat(1000))).toBe('x'.repeat(1000));
});
