import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { expect, it } from 'vitest';
import { createNetwork } from '@netstrata/transport-memory';
import * as net from '@netstrata/net-compat';
import { close, closeAllConnections, serve, type Closed } from '@netstrata/net-compat/promises';
import { places, received, to } from '../support/places.js';

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
const count = (server: net.Server): Promise<number> => new Promise((resolve) => { server.getConnections((_, all) => { resolve(all); }); });
async function accepts(server: net.Server, all: number): Promise<void> {
  while ((await count(server)) < all) await turn();
}

for (const { name, server: servers, client: clients, at } of places) {
  it(`${name}: idle connections end at once, busy ones within the grace`, async () => {
    const server = await servers.listen({ ...at(), allowHalfOpen: true });
    let finish: () => void = () => {};
    const asked = new Promise<void>((resolve) => { finish = resolve; });
    let entered = 0;
    const done = serve(server, async (socket) => {
      entered++;
      const [chunk] = (await once(socket, 'data')) as [Uint8Array];
      if (String(chunk) === 'idle') {
        socket.write('idle');
        return;
      }
      await asked;
      socket.end('finished');
    });
    const idle = await clients.connect(to(server));
    const busy = await clients.connect(to(server));
    const idleText = received(idle);
    const busyText = received(busy);
    idle.write('idle');
    busy.write('busy');
    while (entered < 2) await turn();
    await once(idle, 'data');
    const closed = close(server, { grace: 60_000 });
    expect(await idleText).toBe('idle');
    expect(busy.destroyed).toBe(false);
    finish();
    expect(await busyText).toBe('finished');
    expect(await closed).toEqual({ finished: 2, destroyed: 0 } satisfies Closed);
    await done;
  });

  it(`${name}: what is left after the grace is destroyed, and counted`, async () => {
    const server = await servers.listen(at());
    const done = serve(server, (socket) => once(socket, 'close'));
    const sockets = [await clients.connect(to(server)), await clients.connect(to(server))];
    const ends = sockets.map(received);
    await accepts(server, 2);
    expect(await close(server, { grace: 20 })).toEqual({ finished: 0, destroyed: 2 });
    await Promise.all([...ends, done]);
  });

  it(`${name}: called again it gives the same promise, and a shorter grace counts`, async () => {
    const server = await servers.listen(at());
    const done = serve(server, (socket) => once(socket, 'close'));
    const end = received(await clients.connect(to(server)));
    await accepts(server, 1);
    const first = close(server, { grace: 3_600_000 });
    expect(close(server)).toBe(first);
    expect(close(server, { grace: 0 })).toBe(first);
    expect(await first).toEqual({ finished: 0, destroyed: 1 });
    await Promise.all([end, done]);
  });

  it(`${name}: a signal ends the grace at once`, async () => {
    const server = await servers.listen(at());
    const done = serve(server, (socket) => once(socket, 'close'));
    const end = received(await clients.connect(to(server)));
    await accepts(server, 1);
    const controller = new AbortController();
    const closed = close(server, { grace: Number.POSITIVE_INFINITY, signal: controller.signal });
    await turn();
    controller.abort();
    expect(await closed).toEqual({ finished: 0, destroyed: 1 });
    await Promise.all([end, done]);
  });

  it(`${name}: a connection that arrives within the grace is refused`, async () => {
    const server = await servers.listen(at());
    const done = serve(server, (socket) => once(socket, 'close'));
    const end = received(await clients.connect(to(server)));
    await accepts(server, 1);
    const place = to(server);
    const closed = close(server, { grace: 100 });
    while (server.listening) await turn();
    await expect(clients.connect(place)).rejects.toMatchObject({ code: 'path' in place ? 'ENOENT' : 'ECONNREFUSED' });
    await Promise.all([closed, end, done]);
  });

  it(`${name}: what a peer is just sending is read, and it sees an end, not a reset`, async () => {
    const server = await servers.listen(at());
    const done = serve(server, () => {});
    const client = await clients.connect({ ...to(server), allowHalfOpen: true });
    await accepts(server, 1);
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error)).on('data', () => {});
    client.write('a request');
    const closed = close(server, { grace: 60_000 });
    await once(client, 'end');
    // In one: Deno ends a connection whose peer has ended before a second write of a tick.
    client.end('x'.repeat(100_000));
    expect(await closed).toEqual({ finished: 1, destroyed: 0 });
    expect(errors).toEqual([]);
    await done;
  });

  it(`${name}: a function of the user's says who is idle`, async () => {
    const server = await servers.listen({ ...at(), connectionListener: (socket) => { socket.on('data', () => { atWork.delete(socket); }); atWork.add(socket); } });
    const atWork = new Set<net.Socket>();
    const first = await clients.connect(to(server));
    const second = await clients.connect(to(server));
    const ends = [received(first), received(second)];
    await accepts(server, 2);
    const closed = close(server, { grace: 60_000, isIdle: (socket) => !atWork.has(socket) });
    await turn();
    expect([first.destroyed, second.destroyed]).toEqual([false, false]);
    first.write('done');
    second.write('done');
    expect(await closed).toEqual({ finished: 2, destroyed: 0 });
    await Promise.all(ends);
  });

  it(`${name}: a socket in the body of a loop is busy`, async () => {
    const server = await servers.listen({ ...at(), allowHalfOpen: true });
    const client = await clients.connect(to(server));
    const end = received(client);
    let closed: Promise<Closed> | undefined;
    for await (const socket of server) {
      closed = close(server, { grace: 60_000 });
      for (let i = 0; i < 20; i++) await turn();
      expect(socket.writable).toBe(true);
      socket.end('said');
    }
    expect(await end).toBe('said');
    expect(await closed).toEqual({ finished: 1, destroyed: 0 });
  });

  it(`${name}: a connection that ends before the server has stopped has finished, too`, async () => {
    const server = await servers.listen(at());
    const end = received(await clients.connect(to(server)));
    let closed: Promise<Closed> | undefined;
    for await (const socket of server) {
      closed = close(server);
      socket.destroy();
    }
    await end;
    expect(await closed).toEqual({ finished: 1, destroyed: 0 });
  });

  it(`${name}: closeAllConnections destroys all and goes on listening`, async () => {
    const server = await servers.listen({ ...at(), connectionListener: (socket) => { socket.on('error', () => {}); } });
    const ends = [received(await clients.connect(to(server))), received(await clients.connect(to(server)))];
    await accepts(server, 2);
    expect(closeAllConnections(server)).toBe(2);
    await Promise.all(ends);
    expect([server.listening, await count(server), closeAllConnections(server)]).toEqual([true, 0, 0]);
    server.close();
    await once(server, 'close');
  });
}

it('connections that the kernel has completed are taken before the server stops', async () => {
  const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
  const done = serve(server, (socket) => { socket.end('served'); });
  const { port } = server.address() as net.AddressInfo;
  // While this process waits for it, another one connects, and leaves.
  const program = `const net = require('node:net'); let left = 20; for (let i = 0; i < 20; i++) net.connect(${port}, '127.0.0.1', function () { this.write('x'); if (--left === 0) process.exit(); });`;
  const sockets = Array.from({ length: 20 }, () => net.connect(port, '127.0.0.1'));
  const texts = sockets.map(received);
  spawnSync(process.execPath, ['-e', program]);
  expect((await close(server)).destroyed).toBe(0);
  expect(await Promise.all(texts)).toEqual(Array.from({ length: 20 }, () => 'served'));
  await done;
});

it('what isIdle throws is told to the caller alone', async () => {
  const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
  const client = await places[0].client.connect(to(server));
  await accepts(server, 1);
  const error = new Error('of the program');
  const isIdle = (): never => { throw error; };
  await expect(close(server, { isIdle, signal: new AbortController().signal })).rejects.toBe(error);
  await turn();
  closeAllConnections(server);
  await received(client);
});

it('a server that never listened, or has closed, is closed at once', async () => {
  const server = net.createServer();
  expect(await close(server)).toEqual({ finished: 0, destroyed: 0 });
  server.listen(0);
  await once(server, 'listening');
  expect(await close(server)).toEqual({ finished: 0, destroyed: 0 });
  expect(await close(server)).toEqual({ finished: 0, destroyed: 0 });
});

it('the same server can listen and be closed again', async () => {
  const server = net.createServer();
  for (let i = 0; i < 2; i++) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const end = received(net.connect(to(server)));
    await accepts(server, 1);
    expect(await close(server)).toEqual({ finished: 1, destroyed: 0 });
    await end;
  }
});

it('connections that wait for a loop that never begins are ended, and see no reset', async () => {
  const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
  const client = await places[0].client.connect(to(server));
  client.write('nobody reads this');
  await accepts(server, 1);
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  const end = received(client);
  expect(await close(server)).toEqual({ finished: 1, destroyed: 0 });
  await end;
  expect(errors).toEqual([]);
});

it('a server whose host is still looked up does not listen any more, and who waits for its end hears of it', async () => {
  const answers: (() => void)[] = [];
  const lookup = ((_name: string, _options: object, done: (...answer: unknown[]) => void) => {
    answers.push(() => { done(null, [{ address: '10.0.0.1', family: 4 }]); });
  }) as net.LookupFunction;
  const server = net.createNet({ tcp: createNetwork().host('web', '10.0.0.1').tcp, lookup }).createServer().listen(80, 'web.example');
  const done = serve(server, () => {});
  expect(await close(server)).toEqual({ finished: 0, destroyed: 0 });
  await done;
  for (const answer of answers) answer();
  await turn();
  expect([answers.length, server.listening]).toEqual([1, false]);
});

it('what a handler ends as soon as it is told counts as finished', async () => {
  const server = await places[2].server.listen(places[2].at());
  const done = serve(server, (socket, { signal }) => new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      socket.destroy();
      resolve();
    });
  }));
  const client = await places[2].client.connect(to(server));
  await accepts(server, 1);
  await turn();
  expect(await close(server)).toEqual({ finished: 1, destroyed: 0 });
  await done;
  client.destroy();
});

it('the signal of a handler stays aborted, however late it is looked at', async () => {
  const server = await places[2].server.listen(places[2].at());
  let go: () => void = () => {};
  const late = new Promise<void>((resolve) => { go = resolve; });
  let isAborted = false;
  const done = serve(server, async (_socket, context) => {
    await late;
    isAborted = context.signal.aborted;
  });
  const client = await places[2].client.connect(to(server));
  await accepts(server, 1);
  await turn();
  expect(await close(server, { grace: 0 })).toEqual({ finished: 0, destroyed: 1 });
  go();
  await done;
  expect(isAborted).toBe(true);
  client.destroy();
});

it('arguments are refused', async () => {
  const server = net.createServer();
  for (const other of [null, undefined, {}, 5, Symbol('server')]) {
    await expect(close(other as never)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    expect(() => closeAllConnections(other as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  }
  for (const options of [{ grace: -1 }, { grace: 'x' }, { grace: Number.NaN }, { signal: 5 }, { isIdle: 5 }]) {
    await expect(close(server, options as never)).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/) as string });
  }
  expect(createHttpServer().listening).toBe(false);
});
