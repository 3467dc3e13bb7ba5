import { expect, it } from 'vitest';
import { asText, describe, invalidArgValue } from '../src/index.js';

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
