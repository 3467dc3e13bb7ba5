import { describe, expect, it } from 'vitest';
import { connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';

const from = (address: string): { headers: Record<string, string> } => ({ headers: { 'x-forwarded-for': address } });

describe('limits count by the address of the client', () => {
  it('which a proxy that is trusted tells', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], trust: ['loopback'], limits: { clientCarriers: 1 } });
    await connect(tunnelFor(url, from('198.51.100.1')), inet(port));
    await connect(tunnelFor(url, from('198.51.100.2')), inet(port));
    expect(await errorOf(tunnelFor(url, from('198.51.100.1')), inet(port))).toMatchObject({ syscall: 'connect' });
    await log.seen(/carrier refused 198.51.100.1 429 limit/);
    expect(log.lines.filter((line) => line.startsWith('carrier opened'))).toEqual(['carrier opened 198.51.100.1', 'carrier opened 198.51.100.2']);
  });

  it('and nobody else does: who says so itself is counted by where it is', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], limits: { clientCarriers: 1 } });
    await connect(tunnelFor(url, from('198.51.100.1')), inet(port));
    await errorOf(tunnelFor(url, from('198.51.100.2')), inet(port));
    await log.seen(/carrier refused 127.0.0.1 429 limit/);
  });

  it('of IPv6 by the network that one subscriber has', async () => {
    const { port } = await target(echo);
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'], trust: ['loopback'], limits: { clientCarriers: 1 } });
    await connect(tunnelFor(url, from('2001:db8:0:1::1')), inet(port));
    await errorOf(tunnelFor(url, from('2001:db8:0:1:ffff::2')), inet(port));
    await connect(tunnelFor(url, from('2001:db8:0:2::1')), inet(port));
    expect(log.lines).toContain('carrier opened 2001:db8:0:1::/64');
    await log.seen(/carrier refused 2001:db8:0:1:ffff::2 429 limit/);
  });
});

it('who is refused is told of by its own address, not by the proxy\'s', async () => {
  const { url, log } = await gatewayFor({ trust: ['loopback'], token: 'secret' });
  await errorOf(tunnelFor(url, from('198.51.100.1')), inet(1));
  expect(await log.seen(/refused/)).toBe('carrier refused 198.51.100.1 401 token');
});

it('a subject that looks like an address is not counted with it', async () => {
  const { port } = await target(echo);
  const { url } = await gatewayFor({ allow: ['127.0.0.1'], token: (token) => (token === null ? true : { sub: token }), limits: { clientCarriers: 1 } });
  await connect(tunnelFor(url, { token: '127.0.0.1' }), inet(port));
  await connect(tunnelFor(url), inet(port));
});
