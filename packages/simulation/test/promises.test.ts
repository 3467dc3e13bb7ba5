import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import { close, connect, listen, serve } from '@netstrata/net-compat/promises';
import { expect, it } from 'vitest';
import { simulate } from '../src/index.js';

it('programs of a world connect, listen, serve and close in its time', async () => {
  const world = simulate({ seed: 3, link: { latency: 20 } });
  const told: unknown[] = [];
  await world.run(async () => {
    const server = world.host('server', '10.0.0.1');
    const client = world.host('client', '10.0.0.2');
    const begin = world.now;
    const listening = server.run(() => listen({ port: 80 }));
    const web = await listening;
    const served = server.run(() => serve(web, async (socket: Socket) => {
      const [chunk] = (await once(socket, 'data')) as [Uint8Array];
      if (String(chunk) !== 'stay') socket.end('bye');
      await once(socket, 'close');
    }));
    const going = await client.run(() => connect({ port: 80, host: 'server' }));
    const staying = await client.run(() => connect({ port: 80, host: 'server' }));
    going.resume().write('go');
    staying.resume().on('error', () => {}).write('stay');
    await once(going, 'close');
    const before = world.now;
    // An hour of grace costs no time but that of the world.
    const outcome = await server.run(() => close(web, { grace: 3_600_000 }));
    await served;
    told.push(outcome, world.now - before >= 3_600_000, world.now - begin < 3_700_000);
  });
  expect(told).toEqual([{ finished: 1, destroyed: 1 }, true, true]);
});

it('an idle timeout of a server and a deadline of a dial are in the time of the world', async () => {
  const world = simulate({ seed: 4, link: { latency: 5 } });
  await world.run(async () => {
    const server = world.host('server', '10.0.0.1', { boot: ({ net }) => net.createServer({ idleTimeout: 600_000 } as never, (socket) => socket.resume()).listen(80) });
    const client = world.host('client', '10.0.0.2');
    const socket = await client.run(() => connect({ port: 80, host: 'server' }));
    const begin = world.now;
    await once(socket.resume(), 'close');
    expect(Math.round((world.now - begin) / 1000)).toBe(600);
    server.host.ignore(true);
    const before = world.now;
    await expect(client.run(() => connect({ port: 80, host: 'server', connectTimeout: 90_000 }))).rejects.toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect' });
    expect(world.now - before).toBe(90_000);
  });
});

it('a loop over a server takes connections in a world', async () => {
  const world = simulate({ seed: 5 });
  await world.run(async () => {
    const server = world.host('server', '10.0.0.1');
    const client = world.host('client', '10.0.0.2');
    const web = server.net.createServer().listen(80);
    const sockets = [1, 2, 3].map(() => client.net.connect(80, 'server').resume());
    let count = 0;
    for await (const socket of web) {
      socket.resume().end(`${++count}`);
      if (count === 3) web.close();
    }
    expect([count, sockets.every(({ bytesRead }) => bytesRead === 1)]).toEqual([3, true]);
  });
});

it('hundreds of worlds with loss, crashes and resets: a graceful close always comes to its end within the grace', async () => {
  for (let seed = 0; seed < 200; seed++) {
    const world = simulate({ seed, link: { latency: 10, jitter: 20, loss: 0.1 } });
    try {
      await world.run(async () => {
        const server = world.host('server', '10.0.0.1');
        const clients = [2, 3, 4].map((i) => world.host(`client${i}`, `10.0.0.${i}`));
        const web = server.net.createServer().listen(80);
        const served = server.run(() => serve(web, async (socket: Socket) => {
          for await (const chunk of socket) socket.write(chunk as Uint8Array);
        }));
        for (const host of clients) host.net.connect(80, 'server').on('error', () => {}).resume().write(host.host.name);
        await world.sleep(seed * 3);
        if (seed % 3 === 0) clients[0].crash();
        if (seed % 4 === 0) world.partition('client3', server);
        const before = world.now;
        const { finished, destroyed } = await server.run(() => close(web, { grace: 5000 }));
        await served;
        expect([world.now - before <= 5001, finished + destroyed <= 3]).toEqual([true, true]);
      });
    } finally {
      world.close();
    }
  }
});
