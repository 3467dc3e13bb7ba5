import { getDefaultResultOrder } from 'node:dns';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import * as net from '@netstrata/net-compat';
import { connect, listen } from '@netstrata/net-compat/promises';
import { places, received, to } from '../support/places.js';

for (const { name, server: servers, client: clients, at } of places) {
  it(`${name}: listen resolves with a server that listens, connect with a socket that is connected`, async () => {
    const server = await servers.listen({ ...at(), allowHalfOpen: true, connectionListener: (socket) => { socket.end('hello'); } });
    expect(server.listening).toBe(true);
    expect((server as unknown as { allowHalfOpen: boolean }).allowHalfOpen).toBe(true);
    const socket = await clients.connect(to(server));
    expect([socket.connecting, socket.readyState, socket.listenerCount('error')]).toEqual([false, 'open', 0]);
    expect(await received(socket)).toBe('hello');
    server.close();
    await once(server, 'close');
  });

  it(`${name}: what cannot be reached or listened on rejects, and leaves nothing open`, async () => {
    const place = at();
    const server = await servers.listen(place);
    const taken = { ...place, ...('path' in place ? {} : { port: (server.address() as net.AddressInfo).port }) };
    await expect(servers.listen(taken)).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
    const options = to(server);
    server.close();
    await once(server, 'close');
    await expect(clients.connect(options)).rejects.toMatchObject({ code: 'path' in options ? 'ENOENT' : 'ECONNREFUSED', syscall: 'connect' });
  });

  it(`${name}: an aborted signal rejects with an AbortError whose cause is its reason`, async () => {
    const reason = new Error('changed my mind');
    const server = await servers.listen(at());
    for (const call of [() => clients.connect({ ...to(server), signal: AbortSignal.abort(reason) }), () => servers.listen({ ...at(), signal: AbortSignal.abort(reason) })]) {
      await expect(call()).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: reason });
    }
    const controller = new AbortController();
    const connecting = clients.connect({ ...to(server), signal: controller.signal });
    controller.abort(reason);
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: reason });
    server.close();
    await once(server, 'close');
  });

  it(`${name}: a socket does not keep the signal, a server is closed by it`, async () => {
    const controller = new AbortController();
    const server = await servers.listen({ ...at(), signal: controller.signal, connectionListener: (socket) => { socket.pipe(socket); } });
    const other = new AbortController();
    const socket = await clients.connect({ ...to(server), signal: other.signal });
    other.abort();
    socket.end('still here');
    expect(await received(socket)).toBe('still here');
    controller.abort();
    await once(server, 'close');
    expect(server.listening).toBe(false);
  });
}

it('connect takes a path, or a port with and without a host; listen too, and nothing at all', async () => {
  for (const [server, ...args] of [[await listen(), 'port'], [await listen(0, '127.0.0.1'), 'port', '127.0.0.1'], [await listen(places[1].at() as { path: string }), 'path']] as const) {
    const address = server.address();
    const socket = await connect(...([typeof address === 'string' ? address : address!.port, ...args.slice(1)] as unknown as [string]));
    socket.destroy();
    server.close();
  }
});

it('where to go may be said by the class of the options', async () => {
  class Place {
    readonly #port: number;
    constructor(port: number) { this.#port = port; }
    get port(): number { return this.#port; }
    get host(): string { return '127.0.0.1'; }
    get signal(): AbortSignal { return new AbortController().signal; }
  }
  const server = await listen(new Place(0));
  const { address, port } = server.address() as net.AddressInfo;
  expect(address).toBe('127.0.0.1');
  (await connect(new Place(port))).destroy();
  server.close();
});

it('arguments are refused by rejecting', async () => {
  await expect(connect({ port: 70_000 })).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
  await expect(connect({} as never)).rejects.toMatchObject({ code: 'ERR_MISSING_ARGS' });
  await expect(connect({ port: 1, signal: 5 as never })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  await expect(listen({ port: 0, signal: 'x' as never })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  await expect(listen({ port: 0, connectionListener: 'x' as never })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  await expect(listen({ port: -1 })).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
});

it('net.promises is there, of every net, once the entry is loaded; and not among the keys that node:net has', () => {
  const whole = net.default;
  expect(whole.promises).toMatchObject({ connect, listen });
  expect(Object.keys(whole)).not.toContain('promises');
  const other = net.createNet({});
  expect(other.promises).toBe(other.promises);
  expect(other.promises).not.toBe(whole.promises);
});

it('connect lets attempts overlap, unless the caller or the net says otherwise', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1', connectionListener: (socket) => { socket.destroy(); } });
  const { port } = server.address() as net.AddressInfo;
  const families: unknown[] = [];
  const lookup = ((_name: string, { family, all }: net.LookupOptions, done: (...answer: unknown[]) => void) => {
    families.push(family);
    if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  }) as net.LookupFunction;
  for (const autoSelectFamily of [undefined, true, false] as const) (await connect({ host: 'a.example', port, lookup, autoSelectFamily })).destroy();
  net.setDefaultAutoSelectFamily(false);
  try {
    (await connect({ host: 'a.example', port, lookup })).destroy();
  } finally {
    net.setDefaultAutoSelectFamily(true);
  }
  // In a race each family is asked for.
  const apart = getDefaultResultOrder() === 'ipv4first' ? [4, 6] : [6, 4];
  expect(families).toEqual([...apart, undefined, undefined, undefined]);
  server.close();
});
