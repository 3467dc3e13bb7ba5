import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import type { Claims, Verify } from '../src/index.js';
import { tunnelOver } from '../src/tunnel/tunnel.js';
import { carriedBy } from './support/carriers.js';
import { connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';

const verify = (known: Record<string, Claims>): Verify => (token) => (token === null ? null : Promise.resolve(known[token] ?? null));

describe('without a good token nobody is let in', () => {
  it.each<[string, string | undefined]>([['none', undefined], ['another one', 'guess'], ['the beginning of it', 'secre'], ['more than it', 'secrets']])('%s', async (_, token) => {
    const { url, log } = await gatewayFor({ token: 'secret', allow: ['127.0.0.1'] });
    expect(await errorOf(tunnelFor(url, { token }), inet(1))).toMatchObject({ code: 'EACCES', syscall: 'connect' });
    expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 401 token');
    expect(log.lines.join()).not.toContain('secre');
  });

  it('and one whose claims cannot be read is none', async () => {
    const { url, log } = await gatewayFor({ token: verify({ odd: { allow: ['127.1'] }, odder: { allow: 'all' as never } }), allow: ['127.0.0.1'] });
    expect(await errorOf(tunnelFor(url, { token: 'odd' }), inet(1))).toMatchObject({ code: 'EACCES' });
    expect(await errorOf(tunnelFor(url, { token: 'odder' }), inet(1))).toMatchObject({ code: 'EACCES' });
    expect(log.lines.filter((line) => line.includes('refused'))).toHaveLength(2);
  });
});

it('a token brings its subject, and its own list, which narrows that of the gateway', async () => {
  const { port } = await target(echo);
  const { url, log } = await gatewayFor({ token: verify({ ann: { sub: 'ann', allow: [`127.0.0.1:${port}`] }, bob: { sub: 'bob', allow: ['::1'] } }), allow: ['127.0.0.1'] });
  const { stream } = await connect(tunnelFor(url, { token: 'ann' }), inet(port));
  stream.destroy();
  expect(await errorOf(tunnelFor(url, { token: 'bob' }), inet(port))).toMatchObject({ code: 'EACCES' });
  expect(await errorOf(tunnelFor(url, { token: 'ann' }), inet(port === 1 ? 2 : 1))).toMatchObject({ code: 'EACCES' });
  expect(log.lines).toContain(`stream opened ann 127.0.0.1:${port} at 127.0.0.1`);
  expect(log.lines).toContain(`stream refused bob 127.0.0.1:${port} unlisted`);
});

it('a token that expires takes its carrier along: no new streams, and the old ones have a farewell', async () => {
  const { port } = await target(echo);
  const { url, log, gateway } = await gatewayFor({
    token: () => ({ sub: 'ann', exp: Date.now() / 1000 + 0.3 }), allow: ['127.0.0.1'], limits: { farewell: 100 },
  });
  const { stream } = await connect(tunnelFor(url, { token: 'short' }), inet(port));
  const error = await new Promise((resolve) => stream.on('error', resolve).resume());
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  await log.seen(/carrier closed ann/);
  expect(gateway.carriers).toBe(0);
});

it('one that has expired already lets nobody in, however it comes', async () => {
  const { url, log, gateway } = await gatewayFor({ token: () => ({ sub: 'ann', exp: 1 }), allow: ['127.0.0.1'] });
  expect(await errorOf(tunnelFor(url, { token: 'old' }), inet(1))).toMatchObject({ code: 'EACCES' });
  expect(await log.seen(/refused/)).toBe('carrier refused 127.0.0.1 401 token');
  const dialled = await carriedBy(gateway, tcp, inet(0), tcp, { exp: 1 });
  expect(await errorOf(tunnelOver(dialled), inet(1))).toMatchObject({ code: 'ECONNRESET' });
  expect(log.lines.filter((line) => line.includes('opened'))).toEqual([]);
});

it.each([0, '', 1, 'yes', [], () => true])('what is neither claims nor true admits nobody: %j', async (answer) => {
  const { url } = await gatewayFor({ token: () => answer as never, allow: ['127.0.0.1'] });
  expect(await errorOf(tunnelFor(url, { token: 'x' }), inet(1))).toMatchObject({ code: 'EACCES' });
});

it('a token with more rules than anybody writes is none: compiling them would keep others waiting', async () => {
  const { url } = await gatewayFor({ token: () => ({ allow: Array.from({ length: 1025 }, () => '10.0.0.0/8') }), allow: ['127.0.0.1'] });
  expect(await errorOf(tunnelFor(url, { token: 'x' }), inet(1))).toMatchObject({ code: 'EACCES' });
});

it('a tunnel asks for its token at each dial of a carrier', async () => {
  const { port } = await target(echo);
  const { url, log } = await gatewayFor({ token: verify({ first: { sub: 'first' }, second: { sub: 'second' } }), allow: ['127.0.0.1'] });
  const tokens = ['first', 'second'];
  const there = tunnelFor(url, { token: () => Promise.resolve(tokens.shift() ?? 'none') });
  const one = await connect(there, inet(port));
  const two = await connect(there, inet(port));
  expect(tokens).toEqual(['second']);
  expect(there.status).toMatchObject({ state: 'open', streams: 2, dials: 1 });
  one.stream.destroy();
  two.stream.destroy();
  expect(log.lines.filter((line) => line.startsWith('carrier opened'))).toEqual(['carrier opened first']);
});

describe('who has no token for a carrier fails with EACCES', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['it throws', () => { throw new Error('signed out'); }],
    ['it rejects', () => Promise.reject(new Error('signed out'))],
    ['it gives none', () => undefined as unknown as string],
    ['it gives an empty one', () => ''],
  ])('%s', async (_, token) => {
    const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
    expect(await errorOf(tunnelFor(url, { token }), inet(1))).toMatchObject({ code: 'EACCES', syscall: 'connect' });
  });

  it('and one that never comes has its time', async () => {
    const { url } = await gatewayFor({ allow: ['127.0.0.1'] });
    expect(await errorOf(tunnelFor(url, { token: () => new Promise(() => {}), timeout: 50 }), inet(1))).toMatchObject({ code: 'ETIMEDOUT' });
  });
});
