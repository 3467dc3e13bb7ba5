import type { Socket, Server } from 'node:net';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

const count = (server: Server) => new Promise<unknown>((resolve) => {
  server.getConnections((...args) => {
    resolve(args);
  });
});

async function accept(t: Stage, server: Server, options: object = {}): Promise<{ client: Socket; peer: Socket }> {
  const arrival = t.once<[Socket]>(server, 'connection');
  const client = t.connect(options);
  const [[peer]] = await Promise.all([arrival, t.once(client, 'connect')]);
  return { client, peer };
}

scenario('what an accepted connection is', async (t) => {
  const server = await t.serve(function (this: Server, peer) {
    t.log('this', this === server, peer instanceof t.net.Socket);
  });
  const { peer } = await accept(t, server);
  const { server: of } = peer as unknown as { server: Server };
  t.log('peer', of === server, peer.readyState, peer.connecting, peer.pending, peer.readableFlowing, peer.isPaused(), peer.allowHalfOpen);
  t.log('marks', peer.readableHighWaterMark, peer.writableHighWaterMark, peer.bytesRead, peer.bytesWritten, peer.timeout);
});

scenario('getConnections counts', async (t) => {
  const server = await t.serve();
  t.log('none', await count(server));
  const first = await accept(t, server);
  const second = await accept(t, server);
  t.log('two', await count(server));
  first.client.destroy();
  first.peer.resume();
  await t.closed(first.peer);
  t.log('one', await count(server));
  second.peer.destroy();
  t.log('destroyed', await count(server));
  const third = await accept(t, server);
  server.close();
  t.log('closing', await count(server));
  third.peer.destroy();
  await t.closed(server);
  t.log('closed', await count(server));
});

scenario('getConnections answers later, and returns the server', async (t) => {
  const server = await t.serve();
  const same = server.getConnections(t.callback('server', 'getConnections')) === server;
  t.ticks('server');
  t.log('chains', same);
  await t.turn(2);
});

scenario('getConnections wants a function', async (t) => {
  const server = await t.serve();
  const wrong = server.getConnections.bind(server) as unknown as (callback?: unknown) => void;
  for (const callback of [undefined, null, 1, 'x', {}]) t.attempt(`with ${String(callback)}`, () => wrong(callback));
});

scenario('connections beyond maxConnections are dropped', { since: 26 }, async (t) => {
  const server = await t.serve();
  server.maxConnections = 1;
  const first = await accept(t, server);
  server.on('drop', (...args: unknown[]) => {
    const [info] = args as [Record<string, unknown> | undefined];
    t.note('server', 'drop', args.length, info && { ...info, remotePort: typeof info['remotePort'] }, info && Object.getPrototypeOf(info));
  });
  const second = t.watch(t.connect(), 'second', { events: ['connect', 'end', 'close'] });
  second.on('error', () => {});
  second.resume();
  await t.closed(second);
  t.log('count', await count(server));
  first.peer.destroy();
  await t.closed(first.peer);
  const third = await accept(t, server);
  t.log('third', third.peer.readyState);
});

scenario('maxConnections of 0 drops every connection', { since: 26 }, async (t) => {
  const server = t.watch(await t.serve(), 'server', { events: ['connection', 'close'] });
  server.maxConnections = 0;
  server.on('drop', () => {
    t.note('server', 'drop');
  });
  const client = t.watch(t.connect(), 'client', { events: ['connect', 'end', 'close'] });
  client.on('error', () => {});
  client.resume();
  await t.closed(client);
});

scenario('maxConnections of null and undefined drops none', async (t) => {
  const server = await t.serve();
  server.on('drop', () => {
    t.log('drop');
  });
  for (const limit of [null, undefined]) {
    server.maxConnections = limit as unknown as number;
    const { peer } = await accept(t, server);
    t.log('accepted', peer.readyState);
  }
});

scenario('connections that may be half open', async (t) => {
  const server = await t.serve({ allowHalfOpen: true });
  const { client, peer } = await accept(t, server);
  t.watch(peer, 'peer', { data: true });
  t.watch(client, 'client', { data: true });
  client.end('ask');
  await t.once(peer, 'end');
  t.log('half open', peer.allowHalfOpen, peer.writable, peer.readable);
  peer.end('answer');
  await t.closed(client, peer);
});

scenario('connections that pause when they are made', async (t) => {
  const server = await t.serve({ pauseOnConnect: true });
  const { client, peer } = await accept(t, server);
  t.log('paused', peer.isPaused(), peer.readableFlowing, server.listening);
  client.write('waits');
  await t.turn(5);
  t.log('nothing read', peer.bytesRead, peer.readableLength);
  t.watch(peer, 'peer', { data: true });
  await t.turn(5);
  t.log('still nothing', peer.bytesRead);
  peer.resume();
  client.end();
  await t.closed(peer);
});

scenario('the options of a server reach its connections', async (t) => {
  const server = await t.serve({ highWaterMark: 1000, noDelay: true, keepAlive: true, keepAliveInitialDelay: 2500 });
  const { peer } = await accept(t, server);
  t.log('marks', peer.readableHighWaterMark, peer.writableHighWaterMark);
  const own = server as unknown as Record<string, unknown>;
  t.log('server', own['highWaterMark'], own['noDelay'], own['keepAlive'], own['keepAliveInitialDelay'], own['allowHalfOpen'], own['pauseOnConnect']);
});

scenario('addresses of both ends', async (t) => {
  const server = await t.serve();
  const { client, peer } = await accept(t, server);
  if (client.localPort !== undefined) t.hide(client.localPort, 'client port');
  t.log('peer', peer.address(), peer.localAddress, peer.localPort, peer.localFamily, peer.remoteAddress, peer.remotePort, peer.remoteFamily);
  t.log('client', client.address(), client.localAddress, client.localPort, client.localFamily, client.remoteAddress, client.remotePort, client.remoteFamily);
});

scenario('a listener that throws, with rejections captured', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  Object.assign(server, { [Symbol.for('nodejs.unused')]: true });
  const handle = (server as unknown as Record<symbol, (error: Error, event: string, socket?: unknown) => void>)[Symbol.for('nodejs.rejection')];
  const { peer } = await accept(t, server);
  t.watch(peer, 'peer');
  handle.call(server, new Error('refused'), 'connection', peer);
  await t.closed(peer);
  handle.call(server, new Error('other'), 'listening');
});

scenario('blocked addresses are closed without a word', { media: ['tcp4', 'tcp6'], since: 26 }, async (t) => {
  const blockList = new t.net.BlockList();
  blockList.addAddress('127.0.0.1');
  blockList.addAddress('::1', 'ipv6');
  const server = t.watch(await t.serve({ blockList } as object), 'server', { also: ['connection'] });
  const client = t.watch(t.connect(), 'client', { events: ['connect', 'end', 'close'] });
  client.on('error', () => {});
  client.resume();
  await t.closed(client);
  t.log('count', await count(server));
  const own = server as unknown as Record<string, unknown>;
  t.log('kept', own['blockList'] === blockList);
});

scenario('ref and unref', async (t) => {
  const server = t.net.createServer();
  t.log('before', server.unref() === server, server.ref() === server);
  server.unref();
  await t.listen(server);
  t.log('after', server.unref() === server, server.ref() === server, server.listening);
  server.close();
  t.log('closed', server.ref() === server, server.unref() === server);
});
