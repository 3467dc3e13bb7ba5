import { once } from 'node:events';
import { socks, type Timers } from '@netstrata/transport-socks';
import { socksServer } from '@netstrata/transport-socks/server';
import type { Host } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { simulate, type World, type WorldHost } from '../src/index.js';
import { echo, take } from './support/programs.js';

/** The timers of a host, as a transport takes them. */
const clockOf = ({ timers }: Host): Timers => ({
  setTimeout: (task, milliseconds) => timers(milliseconds, task),
  clearTimeout: (stop) => { (stop as () => void)(); },
});

/** A proxy into the network of the server, which the client does not reach itself. */
function hosts(world: World): { client: WorldHost; server: WorldHost; proxy: WorldHost } {
  const server = world.host('echo.internal', '192.168.0.1', { boot: echo });
  const proxy = world.host('proxy', '10.0.0.1', {
    boot: ({ net, host, clock }) => {
      net.createServer(socksServer({ over: host.tcp, lookup: host.lookup, clock, policy: { allow: ['192.168.0.0/16'] } })).listen(1080);
    },
  });
  const client = world.host('client', '10.0.0.2', {
    routes: (host) => [{ host: '*.internal', transport: socks('socks5://10.0.0.1', { over: host.tcp, clock: clockOf(host) }) }],
  });
  world.partition(client, server);
  return { client, server, proxy };
}

const failureOf = async (socket: ReturnType<WorldHost['net']['connect']>): Promise<unknown> => {
  const [{ code, syscall, address }] = (await once(socket, 'error')) as [{ code: string; syscall: string; address?: string }];
  return [code, syscall, address];
};

describe('through a SOCKS5 proxy of a world', () => {
  const asks = (world: World) => world.run(async () => {
    const socket = hosts(world).client.net.connect(7, 'echo.internal');
    socket.write('hello');
    const answer = await take(socket, 5);
    const seen = [answer, socket.localAddress, socket.remoteAddress, world.now];
    socket.end();
    await once(socket, 'close');
    return seen;
  });

  it('a host reaches what it does not reach itself, in virtual time, and the same seed gives the same run', async () => {
    const world = simulate({ seed: 5, link: { latency: 10, jitter: 5 } });
    const seen = await asks(world);
    expect(seen.slice(0, 3)).toEqual(['hello', '10.0.0.1', undefined]);
    // Dial, method, and the request with the proxy's own dial; then the echo: five times there and back at 10 ms each.
    expect(seen[3]).toBeGreaterThanOrEqual(100);
    const again = simulate({ seed: 5, link: { latency: 10, jitter: 5 } });
    expect(await asks(again)).toEqual(seen);
    expect(again.timeline.digest).toBe(world.timeline.digest);
    const other = simulate({ seed: 6, link: { latency: 10, jitter: 5 } });
    await asks(other);
    expect(other.timeline.digest).not.toBe(world.timeline.digest);
  });

  it('a partition while it speaks with the proxy is ETIMEDOUT, half a minute later', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, proxy } = hosts(world);
      const socket = client.net.connect(7, 'echo.internal');
      // The connection to the proxy stands, and the method is on its way.
      await world.sleep(25);
      world.partition(client, proxy);
      return [await failureOf(socket), world.now];
    });
    expect(seen).toEqual([['ETIMEDOUT', 'connect', 'echo.internal'], 30_000]);
  });

  it('a partition behind the proxy is what the proxy says: ETIMEDOUT, when it has waited for twenty seconds', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, proxy, server } = hosts(world);
      world.partition(proxy, server);
      const socket = client.net.connect(7, 'echo.internal');
      return [await failureOf(socket), world.now];
    });
    expect(seen).toEqual([['ETIMEDOUT', 'connect', 'echo.internal'], expect.closeTo(20_060, -2)]);
  });

  it('a proxy that crashes, and is up again, resets what goes through it and what was about to', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, proxy } = hosts(world);
      const open = client.net.connect(7, 'echo.internal');
      await once(open, 'connect');
      const opening = client.net.connect(7, 'echo.internal');
      await world.sleep(25);
      proxy.crash();
      proxy.restart();
      open.write('hello');
      const errors = await Promise.all([failureOf(open), failureOf(opening)]);
      const next = client.net.connect(7, 'echo.internal');
      next.write('again');
      return [...errors, await take(next, 5)];
    });
    expect(seen).toEqual([['ECONNRESET', 'read', undefined], ['ECONNRESET', 'connect', 'echo.internal'], 'again']);
  });

  it('a name that the network there does not know, and an address that the proxy does not allow, are errors of the place', async () => {
    const world = simulate();
    const seen = await world.run(async () => {
      const { client } = hosts(world);
      world.host('other.internal', '172.16.0.1', { boot: echo });
      return [await failureOf(client.net.connect(7, 'nobody.internal')), await failureOf(client.net.connect(7, 'other.internal'))];
    });
    expect(seen).toEqual([['ENOTFOUND', 'connect', 'nobody.internal'], ['EACCES', 'connect', 'other.internal']]);
  });
});
