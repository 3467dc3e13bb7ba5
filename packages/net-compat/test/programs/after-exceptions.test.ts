import { expect, it } from 'vitest';
import { Child } from '../support/child.js';

const answer = (what: string): Promise<unknown> => new Child('after-exceptions', [what], { NODE_OPTIONS: what === 'retained' ? '--expose-gc' : '' }).message();

it('tls that begins in a listener which then throws gets all it is sent, also behind a long read', async () => {
  expect(await answer('tls')).toBe(500_000);
});

it('what is read for a buffer that cannot be read into stays in order when the callback throws', async () => {
  expect(await answer('shared')).toBe(true);
});

it('a server holds none of the sockets that it accepted', async () => {
  expect(await answer('retained')).toBe(true);
});
