import { once } from 'node:events';
import net from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import { register, unregister } from '@netstrata/net-compat/register';
import { afterAll, describe, expect, it } from 'vitest';
import { relay, throughBastion } from '../../../examples/wrapping/src/index.js';
import { simulate, type World, type WorldHost } from '../src/index.js';
import { echo, take } from './support/programs.js';

// The module may have been loaded for another file of the suite.
register();
afterAll(unregister);

/** A server that a client reaches by a bastion alone. */
function hosts(world: World): { client: WorldHost; server: WorldHost; bastion: WorldHost } {
  const server = world.host('echo.internal', '192.168.0.1', { boot: echo });
  const bastion = world.host('bastion', '10.0.0.1', { boot: (host) => { relay(host.net).listen(22); } });
  const client = world.host('client', '10.0.0.2', {
    routes: ({ tcp }) => [{ host: '*.internal', transport: throughBastion(tcp, { address: '10.0.0.1', port: 22, family: 'IPv4' }) }],
  });
  world.partition(client, server);
  return { client, server, bastion };
}

async function asked(of: { connect: (port: number, host: string) => unknown }, world: World): Promise<unknown[]> {
  const socket = of.connect(7, 'echo.internal') as ReturnType<WorldHost['net']['connect']>;
  socket.write('hello');
  const answer = await take(socket, 5);
  const seen = [answer, socket.remoteAddress, world.now];
  socket.end();
  await once(socket, 'close');
  return seen;
}

describe('a host with routes', () => {
  it('reaches by another host what it does not reach itself, in virtual time', async () => {
    const world = simulate({ link: { latency: 10 } });
    expect(await world.run(() => asked(hosts(world).client.net, world))).toEqual(['hello', '192.168.0.1', 100]);
    const again = simulate({ link: { latency: 10 } });
    await again.run(() => asked(hosts(again).client.net, again));
    expect(again.timeline.digest).toBe(world.timeline.digest);
  });

  it('has them for programs that know of no world, and after a restart', async () => {
    const world = simulate();
    const answers = await world.run(async () => {
      const { client } = hosts(world);
      const first = await client.run(() => asked(net, world));
      client.crash();
      client.restart();
      return [first[0], (await client.run(() => asked(net, world)))[0]];
    });
    expect(answers).toEqual(['hello', 'hello']);
  });

  it('is told what becomes of the host between', async () => {
    const world = simulate();
    const errors = await world.run(async () => {
      const { client, bastion, server } = hosts(world);
      const socket = client.net.connect(7, 'echo.internal');
      await once(socket, 'connect');
      bastion.crash();
      bastion.restart();
      socket.write('hello');
      const [reset] = (await once(socket, 'error')) as [Error];
      server.refuse();
      const [refused] = (await once(client.net.connect(7, 'echo.internal'), 'error')) as [Error];
      return [reset.message, refused.message];
    });
    expect(errors).toEqual(['read ECONNRESET', 'connect ECONNREFUSED echo.internal:7']);
  });

  it('may be given a net of its own', async () => {
    const world = simulate();
    const seen = await world.run(() => {
      const { client, server } = hosts(world);
      const mine = createNet({ routes: [{ host: '192.168.0.0/16', transport: server.host.tcp }], tcp: client.host.tcp, lookup: client.host.lookup, clock: client.clock });
      return asked(mine, world);
    });
    expect(seen.slice(0, 2)).toEqual(['hello', '192.168.0.1']);
  });
});
