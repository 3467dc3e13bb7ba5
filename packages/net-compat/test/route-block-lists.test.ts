import { once } from 'node:events';
import type { ConnectSink, DialEndpoint, ResolvingTransport } from '@netstrata/transport';
import { expect, it } from 'vitest';
import { BlockList, createNet, type Socket } from '../src/core.js';
import { twoNetworks, watched, type TwoNetworks } from './support/two-networks.js';

/** A net with a bastion for all names, and what a socket with a block list comes to there. */
async function dial(host: string, blocked: string, options: { tells?: boolean } = {}): Promise<{ outcome: unknown[]; asked: unknown[]; accepted: number }> {
  const networks: TwoNetworks = await twoNetworks();
  const asked: unknown[] = [];
  const server = createNet({ tcp: networks.redis.tcp }).createServer((socket) => socket.on('error', () => {}).resume().end('hello')).listen(6379);
  await once(server, 'listening');
  let accepted = 0;
  server.on('connection', () => { accepted++; });
  const transport = { ...watched(networks.bastion, asked), capabilities: networks.bastion.capabilities } as ResolvingTransport;
  if (options.tells === false) {
    const connect = transport.connect.bind(transport);
    transport.connect = (endpoint: DialEndpoint, sink: ConnectSink) => Object.defineProperty(connect(endpoint, sink), 'remote', { get: () => null });
  }
  const blockList = new BlockList();
  if (blocked.includes('/')) blockList.addCIDR(blocked);
  else blockList.addAddress(blocked, blocked.includes(':') ? 'ipv6' : 'ipv4');
  const socket: Socket = createNet({ tcp: transport }).connect({ host, port: 6379, blockList });
  const outcome: unknown[] = [];
  socket.on('connect', () => outcome.push('connect')).on('data', (data) => outcome.push(String(data))).on('error', (error: Error & { code: string }) => outcome.push(error.code, error.message));
  await new Promise((resolve) => socket.on('close', resolve));
  return { outcome, asked, accepted };
}

for (const [host, address] of [['192.168.0.2', '192.168.0.2'], ['192.168.0.2.', '192.168.0.2'], ['0xc0a80002', '192.168.0.2'], ['192.168.2', '192.168.0.2'], ['[fd00::1]', 'fd00::1'], ['fd00::1.', 'fd00::1'], ['[fd00::1].', 'fd00::1'], ['[192.168.0.2]', '192.168.0.2']]) {
  it(`${host} is on a list that has ${address}, before anybody is asked`, async () => {
    expect(await dial(host, address)).toEqual({ outcome: ['ERR_IP_BLOCKED', `IP(${address}) is blocked by net.BlockList`], asked: [], accepted: 0 });
  });
}

it('a name that leads to an address of the list is not connected', async () => {
  const { outcome, asked } = await dial('redis.internal', '192.168.0.0/16');
  expect(outcome).toEqual(['ERR_IP_BLOCKED', 'IP(192.168.0.2) is blocked by net.BlockList']);
  expect(asked).toEqual([{ host: 'redis.internal', port: 6379 }]);
});

it('a name that leads elsewhere is connected', async () => {
  expect(await dial('redis.internal', '192.168.0.3')).toMatchObject({ outcome: ['connect', 'hello'], accepted: 1 });
});

it('a name of which it is not told where it leads is not connected', async () => {
  const { outcome } = await dial('redis.internal', '10.9.9.9', { tells: false });
  expect(outcome).toEqual(['ERR_IP_BLOCKED', 'The address of redis.internal is not known here, and could be blocked by net.BlockList']);
});
