import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { Socket } from '@netstrata/net-compat';
import { close, serve } from '@netstrata/net-compat/promises';
import { places, received, to } from '../support/places.js';

for (const { name, server: servers, client: clients, at } of places) {
  it(`${name}: a handler that throws destroys its socket and no other`, async () => {
    const server = await servers.listen({ ...at(), allowHalfOpen: true });
    const told: unknown[] = [];
    const done = serve(server, async (socket) => {
      const text = await received(socket);
      if (text !== 'fine') throw new Error(text);
      socket.end(text);
    }, { onError: (error, socket) => { told.push([(error as Error).message, socket?.destroyed]); } });
    const good = await clients.connect(to(server));
    for (const text of ['one', 'two']) {
      const bad = await clients.connect(to(server));
      bad.on('error', () => {}).end(text);
      bad.resume();
      await once(bad, 'close');
    }
    good.end('fine');
    expect(await received(good)).toBe('fine');
    expect(told).toEqual([['one', true], ['two', true]]);
    await close(server);
    await done;
  });

  it(`${name}: no more handlers run than \`concurrency\` allows, and the rest wait`, async () => {
    const server = await servers.listen({ ...at(), allowHalfOpen: true });
    let running = 0;
    let most = 0;
    const done = serve(server, async (socket) => {
      most = Math.max(most, ++running);
      socket.end(await received(socket));
      running--;
    }, { concurrency: 2 });
    const sockets = await Promise.all(Array.from({ length: 7 }, () => clients.connect(to(server))));
    const answers = sockets.map(received);
    for (const [i, socket] of sockets.entries()) socket.end(`${i}`);
    expect(await Promise.all(answers)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(most).toBe(2);
    await close(server);
    await done;
  });

  it(`${name}: aborting the signal ends serving when the handlers have ended, which are told`, async () => {
    const controller = new AbortController();
    const server = await servers.listen(at());
    const entered: Socket[] = [];
    const done = serve(server, async (socket, { signal }) => {
      entered.push(socket);
      await once(signal, 'abort');
      socket.end('goodbye');
    }, { signal: controller.signal });
    const socket = await clients.connect(to(server));
    while (entered.length === 0) await new Promise((resolve) => { setImmediate(resolve); });
    controller.abort();
    expect(await received(socket)).toBe('goodbye');
    await done;
    expect(server.listening).toBe(false);
  });
}

it('an error of a socket that nobody listens to destroys that socket alone', async () => {
  const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
  const sockets: Socket[] = [];
  const done = serve(server, async (socket) => {
    sockets.push(socket);
    await once(socket, 'close').catch(() => {});
  });
  const client = await places[0].client.connect(to(server));
  while (sockets.length === 0) await new Promise((resolve) => { setImmediate(resolve); });
  client.resetAndDestroy();
  await once(sockets[0], 'close').catch(() => {});
  await close(server);
  await done;
});

it('an error of a server that goes on listening is told, and serving goes on', async () => {
  const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
  const told: unknown[] = [];
  const done = serve(server, (socket) => { socket.end('served'); }, { onError: (error, socket) => { told.push([error, socket]); } });
  await Promise.resolve();
  server.emit('error', new Error('EMFILE'));
  expect(await received(await places[0].client.connect(to(server)))).toBe('served');
  expect(told).toEqual([[new Error('EMFILE'), null]]);
  await close(server);
  await done;
});

it.each([undefined, 1])('what onError throws reaches the process, as from a listener, and serving goes on (concurrency %s)', async (concurrency) => {
  const ofRunner = process.listeners('unhandledRejection');
  const told: unknown[] = [];
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => { told.push(error); });
  try {
    const server = await places[0].server.listen({ port: 0, host: '127.0.0.1' });
    const failure = new Error('of onError');
    const done = serve(server, () => { throw new Error('of the handler'); }, { concurrency, onError: () => { throw failure; } });
    for (let i = 0; i < 2; i++) await received(await places[0].client.connect(to(server)));
    await close(server);
    await done;
    expect(told).toEqual([failure, failure]);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of ofRunner) process.on('unhandledRejection', listener);
  }
});

it('arguments are refused', async () => {
  await expect(serve({} as never, () => {})).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  const server = await places[0].server.listen();
  for (const [handler, options] of [[5, {}], [() => {}, { concurrency: 0 }], [() => {}, { concurrency: 'x' }], [() => {}, { signal: 1 }], [() => {}, { onError: 1 }]]) {
    await expect(serve(server, handler as never, options as never)).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/) as string });
  }
  server.close();
});
