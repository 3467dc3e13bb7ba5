import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Socket } from '@netstrata/net-compat';

it('a socket shows its fields under its own name', () => {
  const socket = Object.assign(new Socket(), { label: 'mine' });
  const shown = inspect(socket);
  expect(shown).toMatch(/^Socket \{/);
  for (const part of ['connecting: false', '_readableState: ReadableState {', '_writableState: WritableState {', "label: 'mine'"]) expect(shown).toContain(part);
  expect(shown).not.toContain('Circular');
});

it('a socket deep inside shows its class only', () => {
  expect(inspect({ a: { b: { c: new Socket() } } })).toContain('[Socket]');
});

it('a subclass shows its own name', () => {
  class Line extends Socket {}
  expect(inspect(new Line())).toMatch(/^Line \{/);
});
