import { expect, it } from 'vitest';
import { run as runWith } from './support/run.js';

/** With the driver that is tested. */
const run = (fixture: string, args: string[]): Promise<string> => runWith(fixture, args, { NETSTRATA_DRIVER: process.env['NETSTRATA_DRIVER'] });
const isNode = process.versions['bun'] === undefined && process.versions['deno'] === undefined;

it('what a listener throws while it is lent bytes, or in a tick behind, changes nothing of what is read', async () => {
  expect(await run('lent-reads', ['throws'])).toBe('a b c');
});

it('lent bytes stay as they are while the connection stands still, and nothing is lost', async () => {
  expect(await run('lent-reads', ['stopped'])).toBe('a b c');
});

it('a handle that was lent from for a moment alone is not told where else to read', async () => {
  expect(await run('lent-reads', ['brief'])).toBe('0');
});

it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host' || !isNode)('a handle that many have taken over counts once among those with memory of their own', async () => {
  expect(await run('lent-reads', ['taken over'])).toBe('lent');
});

it('lent bytes stay as they are also when the handle goes on elsewhere', async () => {
  expect(await run('lent-reads', ['detached'])).toBe('a b c');
});
