import type { AddressInfo, Socket } from 'node:net';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

function addresses(t: Stage, when: string, socket: Socket): void {
  const { localAddress, localFamily, localPort, remoteAddress, remoteFamily, remotePort } = socket;
  t.log(when, localAddress, localFamily, typeof localPort, remoteAddress, remoteFamily, remotePort);
  const address = socket.address() as Partial<AddressInfo>;
  t.log('address', address.address, address.family, typeof address.port, address.port === localPort, Object.keys(address));
}

scenario('addresses in every state', async (t) => {
  const server = await t.serve();
  const client = t.track(new t.net.Socket());
  addresses(t, 'new', client);
  client.connect(t.target());
  t.log('connecting', client.remoteAddress, client.remotePort, client.remoteFamily);
  const [[peer]] = await Promise.all([t.once<[Socket]>(server, 'connection'), t.once(client, 'connect')]);
  addresses(t, 'connected', client);
  t.log('they meet', peer.remotePort === client.localPort, peer.localPort === client.remotePort, peer.remoteAddress === client.localAddress);
  t.log('peer', peer.localAddress, peer.localFamily, peer.remoteFamily);
  client.destroy();
  t.log('destroyed', client.localAddress, client.localPort, client.remoteAddress, client.remotePort, client.remoteFamily, client.address());
  await t.closed(client);
  t.log('closed', client.localAddress, client.remoteAddress, client.remoteFamily);
});

scenario('the far address is forgotten when nobody asked in time', async (t) => {
  const { client, peer } = await t.pair();
  t.log('asked in time', peer.remoteAddress, peer.remoteFamily, peer.readyState);
  peer.destroy();
  t.log('remembered', peer.remoteAddress, peer.remoteFamily, peer.readyState);
  client.destroy();
  t.log('asked too late', client.remoteAddress, client.remotePort, client.remoteFamily, client.readyState);
});

scenario('counts in every state', async (t) => {
  const { client, peer } = await t.pair();
  const counts = (when: string): void => t.log(when, client.bytesRead, client.bytesWritten, client.bufferSize, client.writableLength);
  counts('connected');
  client.write('hello');
  client.write('wörld');
  counts('written');
  t.watch(peer, 'peer', { data: true });
  peer.write('answer');
  client.resume();
  await t.turn(5);
  counts('answered');
  client.end('!');
  counts('ended');
  await t.closed(client);
  counts('closed');
  t.log('peer', peer.bytesRead, peer.bytesWritten);
});

scenario('bytesWritten counts what waits', async (t) => {
  await t.serve((peer) => peer.resume());
  const client = t.connect();
  client.write('ü');
  t.log('one', client.bytesWritten, client.writableLength);
  client.write('6869', 'hex');
  client.write(Buffer.alloc(10));
  t.log('three', client.bytesWritten, client.writableLength);
  await t.once(client, 'connect');
  t.log('connected', client.bytesWritten, client.writableLength);
  client.cork();
  client.write('four');
  t.log('corked', client.bytesWritten, client.writableLength);
  client.end();
  await t.closed(client);
  t.log('closed', client.bytesWritten, client.writableLength);
});

scenario('properties that cannot be set', { media: ['tcp4'] }, (t) => {
  const socket = new t.net.Socket();
  for (const name of ['bytesRead', 'bytesWritten', 'localPort', 'remoteAddress', 'readyState', 'pending', 'bufferSize'] as const) {
    t.attempt(name, () => {
      (socket as unknown as Record<string, unknown>)[name] = 5;
      return socket[name];
    });
  }
});

/** Writes down what a socket tells its handle to do. */
function listenIn(t: Stage, lane: string, socket: Socket): void {
  const handle = (socket as unknown as { _handle: Record<string, (...args: unknown[]) => unknown> })._handle;
  for (const name of ['setNoDelay', 'setKeepAlive']) {
    const method = handle[name];
    handle[name] = (...args) => {
      t.note(lane, name, ...args.slice(0, 2));
      return method.apply(handle, args);
    };
  }
}

scenario('options of the connection', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const { client, peer } = await t.pair({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000 });
  for (const [lane, socket] of [['client', client], ['peer', peer]] as const) {
    listenIn(t, lane, socket);
    t.attempt('setNoDelay', () => socket.setNoDelay().setNoDelay(true).setNoDelay(false).setNoDelay(1 as never) === socket);
    t.attempt('setKeepAlive', () => socket.setKeepAlive().setKeepAlive(true).setKeepAlive(true, 5000).setKeepAlive(false, 'x' as never) === socket);
    t.attempt('setKeepAlive with all', () => (socket.setKeepAlive as (...args: unknown[]) => Socket).call(socket, true, 1000, 1000, 5) === socket);
  }
  client.destroy();
  t.attempt('setNoDelay after destroy', () => client.setNoDelay(true) === client);
  t.attempt('setKeepAlive after destroy', () => client.setKeepAlive(true, 10) === client);
  await t.closed(client);
});

scenario('options of a connection over a path do nothing', { media: ['ipc'] }, async (t) => {
  const { client, peer } = await t.pair({ noDelay: true, keepAlive: true });
  t.log('same', client.setNoDelay() === client, client.setKeepAlive(true, 1) === client);
  t.watch(peer, 'peer', { data: true });
  client.end('it goes on');
  await t.closed(peer);
});

scenario('the type of service', { media: ['tcp4'], since: 26 }, (t) => {
  type Marked = Socket & { setTypeOfService(value: unknown): Socket; getTypeOfService(): number };
  const socket = t.track(new t.net.Socket({ typeOfService: 8 })) as Marked;
  t.log('before', socket.getTypeOfService());
  for (const value of [Number.NaN, -1, 256, 1.5, '1', null, undefined]) t.attempt(String(value), () => socket.setTypeOfService(value));
  t.attempt('option', () => new t.net.Socket({ typeOfService: 300 }));
  t.log('set', socket.setTypeOfService(16) === socket, socket.getTypeOfService());
});

scenario('a socket that is disposed of', { media: ['tcp4', 'ipc'] }, async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  const dispose = (client as unknown as Record<symbol, () => Promise<void>>)[Symbol.asyncDispose].bind(client);
  const done = dispose().then(() => t.log('resolved'), (error: unknown) => t.log('rejected', error));
  await Promise.all([done, t.closed(client)]);
  t.log('state', client.destroyed, client.closed);
});

scenario('an aborted signal destroys the socket', async (t) => {
  await t.serve();
  const controller = new AbortController();
  const client = t.watch(t.connect({ signal: controller.signal }), 'client');
  await t.once(client, 'connect');
  controller.abort();
  t.log('destroyed', client.destroyed);
  await t.closed(client);
});

scenario('a signal that is aborted while connecting, or was before', async (t) => {
  await t.serve();
  const controller = new AbortController();
  const client = t.watch(t.connect({ signal: controller.signal }), 'connecting');
  controller.abort();
  await t.closed(client);
  const idle = t.watch(t.track(new t.net.Socket({ signal: AbortSignal.abort() })), 'idle');
  await t.closed(idle);
  // Not of the idle one: the builtin destroys it and then, still in the constructor, sets it up.
  t.log('destroyed', client.destroyed);
});
