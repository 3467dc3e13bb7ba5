import { expect, it } from 'vitest';
import { run } from './support/run.js';

it('what a listener throws while it is lent bytes, or in a tick behind, changes nothing of what is read', async () => {
  expect(await run('lent-reads', ['throws'])).toBe('a b c');
});

it('lent bytes stay as they are while the connection stands still, and nothing is lost', async () => {
  expect(await run('lent-reads', ['stopped'])).toBe('a b c');
});

it('lent bytes stay as they are also when the handle goes on elsewhere', async () => {
  expect(await run('lent-reads', ['detached'])).toBe('a b c');
});
