import { once } from 'node:events';
import { createNet, type Net, type Server, type Socket } from '@netstrata/net-compat/core';
import { guard } from '@netstrata/transport-guard';
import { proxyProtocol, type RefusalReason } from '@netstrata/transport-proxy-protocol';
import { describe, expect, it } from 'vitest';
import { simulate, type World, type WorldHost } from '../src/index.js';
import { take } from './support/programs.js';

const CLIENT = { address: '203.0.113.7', port: 40_000, family: 'IPv4' } as const;

/** The net of a host, with something over its transport. */
const netOver = ({ host, clock }: WorldHost, over: (transport: typeof host.tcp) => typeof host.tcp): Net =>
  createNet({ tcp: over(host.tcp), lookup: host.lookup, clock });

const addressOf = (end: object | null | undefined): unknown => (end && 'address' in end ? end.address : undefined);

interface Site {
  readonly balancer: WorldHost;
  readonly refusals: [RefusalReason, number][];
}

/** A server that believes a balancer, and tells everybody who they are. */
function openSite(world: World): Site {
  const refusals: Site['refusals'] = [];
  world.host('server', '10.0.0.1', {
    boot(host) {
      const net = netOver(host, (tcp) => proxyProtocol(tcp, {
        accept: 'required', trust: ['10.0.0.2'], clock: host.clock, onRefused: ({ reason }) => refusals.push([reason, world.now]),
      }));
      const server: Server = net.createServer((socket) => {
        world.log(`client ${socket.remoteAddress!}`);
        socket.end(`${socket.remoteAddress!} by ${String(addressOf(socket.proxyHeader?.peer))}`);
      });
      server.listen(443, '10.0.0.1');
    },
  });
  return { balancer: world.host('balancer', '10.0.0.2'), refusals };
}

async function answered(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('a balancer in a world', () => {
  it('tells the server who its client is', async () => {
    const world = simulate({ link: { latency: 10, segment: [1, 3] } });
    const answer = await world.run(() => {
      const { balancer } = openSite(world);
      return answered(netOver(balancer, (tcp) => proxyProtocol(tcp, { send: 2, source: CLIENT })).connect(443, 'server'));
    });
    expect(answer).toBe('203.0.113.7 by 10.0.0.2');
  });

  it('has its header in time or not by the time of the world', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { balancer, refusals } = openSite(world);
      const [slow, late] = [balancer.net.connect(443, 'server'), balancer.net.connect(443, 'server')];
      await Promise.all([once(slow, 'connect'), once(late, 'connect')]);
      for (const socket of [slow, late]) socket.write('PROXY TCP4 192.0.2.1 ');
      await new Promise<void>((resolve) => { balancer.clock.setTimeout(resolve, 4900); });
      slow.write('198.51.100.1 1 443\r\n');
      expect(await answered(slow)).toBe('192.0.2.1 by 10.0.0.2');
      expect(await answered(late)).toBe('');
      return refusals;
    });
    expect(seen.map(([reason]) => reason)).toEqual(['timeout']);
    // 5 s after the server has accepted it, which was 20 ms or so after the world began.
    expect(seen[0][1]).toBeGreaterThan(5010);
    expect(seen[0][1]).toBeLessThan(5050);
  });

  it('is forged by nobody else', async () => {
    const world = simulate();
    const { error, refusals } = await world.run(async () => {
      const site = openSite(world);
      const socket = world.host('other', '10.0.0.3').net.connect(443, 'server');
      socket.write('PROXY TCP4 192.0.2.1 198.51.100.1 1 443\r\n');
      return { error: ((await once(socket.resume(), 'error')) as [Error])[0].message, refusals: site.refusals };
    });
    expect([error, refusals.map(([reason]) => reason)]).toEqual(['read ECONNRESET', ['untrusted']]);
  });

  it('is the same again by the same seed, whatever happens to its headers', async () => {
    const options = { link: { latency: 5, jitter: 20, segment: [1, 7] as [number, number], loss: 0.05 } };
    const run = async (seed: number): Promise<World> => {
      const world = simulate({ ...options, seed });
      await world.run(async () => {
        const { balancer } = openSite(world);
        const net = netOver(balancer, (tcp) => proxyProtocol(tcp, { send: 1, header: () => ({ source: CLIENT }) }));
        await Promise.all([1, 2, 3].map(() => answered(net.connect(443, 'server'))));
        balancer.net.connect(443, 'server').on('close', () => { world.log('silent one is closed'); }).resume();
        await new Promise<void>((resolve) => { balancer.clock.setTimeout(resolve, 6000); });
      });
      return world;
    };
    const [world, same, other] = [await run(7), await run(7), await run(8)];
    expect(world.timeline.toString()).toContain('silent one is closed');
    expect(same.timeline.toString()).toBe(world.timeline.toString());
    expect(other.timeline.digest).not.toBe(world.timeline.digest);
  });
});

describe('a guard in a world', () => {
  it('refuses the hosts that it does not allow, without asking them, and lets others through', async () => {
    const world = simulate();
    const seen = await world.run(async () => {
      for (const [name, address] of [['inside', '10.0.0.1'], ['outside', '203.0.113.1']]) {
        world.host(name, address, { boot: ({ net }) => { net.createServer((socket) => { world.log(`${name} is asked`); socket.end(name); }).listen(80); } });
      }
      const net = netOver(world.host('client', '10.0.0.2'), (tcp) => guard(tcp, { allow: ['203.0.113.0/24'] }));
      const [error] = (await once(net.connect(80, 'inside'), 'error')) as [Error & { code: string }];
      return [error.code, await take(net.connect(80, 'outside'), 7)];
    });
    expect(seen[1]).toBe('outside');
    expect(seen[0]).toBe('ERR_ADDRESS_DENIED');
    expect(world.timeline.toString()).not.toContain('inside is asked');
  });
});
