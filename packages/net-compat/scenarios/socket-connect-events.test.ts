import type { NetConnectOpts } from 'node:net';
import { scenario } from './support/scenario.js';

const TCP = { media: ['tcp4', 'tcp6'] } as const;

scenario('connecting, from call to first byte', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  const socket = t.watch(t.track(new t.net.Socket()), 'client', { data: true });
  const look = (when: string): void => {
    t.note('client', when, socket.connecting, socket.pending, socket.readyState, socket.readable, socket.writable, socket.bufferSize);
  };
  look('before');
  socket.connect(t.target());
  look('called');
  socket.prependListener('connect', () => look('in connect'));
  socket.prependListener('ready', () => look('in ready'));
  socket.prependListener('end', () => look('in end'));
  socket.prependListener('close', () => look('in close'));
  await t.closed(socket);
  look('after');
});

scenario('connect and ready come in one go', async (t) => {
  await t.serve();
  const socket = t.watch(t.connect(), 'client');
  socket.prependListener('connect', () => t.ticks('client', 'connect'));
  await t.once(socket, 'ready');
  await t.turn(2);
});

scenario('a listener of connect that throws away the connection', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const socket = t.watch(t.connect(), 'client', { data: true });
  socket.prependListener('connect', () => socket.destroy());
  await t.closed(socket);
  t.log('after', socket.destroyed, socket.readyState);
});

scenario('an error thrown away in connect', async (t) => {
  await t.serve();
  const socket = t.watch(t.connect(), 'client');
  socket.prependListener('connect', () => socket.destroy(new Error('no')));
  await t.closed(socket);
});

scenario('end in the listener of connect', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const socket = t.connect();
  socket.on('connect', () => socket.end('hi', t.callback('client', 'end')));
  t.watch(socket, 'client', { data: true });
  await t.closed(socket);
});

scenario('connecting fails', async (t) => {
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect(await t.nowhere());
  for (const event of ['connectionAttemptFailed', 'error', 'close']) {
    socket.prependListener(event, () => t.note('client', `in ${event}`, socket.connecting, socket.destroyed, socket.readyState, socket.pending));
  }
  socket.prependListener('error', () => t.ticks('client', 'error'));
  await t.closed(socket);
  await t.turn(2);
});

scenario('connecting fails with a write waiting', async (t) => {
  const socket = t.watch(t.connect(await t.nowhere()), 'client');
  t.log('write', socket.write('one', t.callback('client', 'one')), socket.write('two', t.callback('client', 'two')));
  socket.end('three', t.callback('client', 'end'));
  t.log('counts', socket.bytesWritten, socket.writableLength, socket.bufferSize);
  await t.closed(socket);
  t.log('counts', socket.bytesWritten, socket.writableLength, socket.bufferSize);
});

scenario('destroyed with a write waiting', async (t) => {
  await t.serve();
  const socket = t.watch(t.connect(), 'client');
  socket.write('one', t.callback('client', 'one'));
  socket.write('two', t.callback('client', 'two'));
  socket.destroy();
  await t.closed(socket);
});

scenario('destroyed with an error and writes waiting', async (t) => {
  await t.serve();
  const socket = t.watch(t.connect(), 'client');
  socket.write('one', t.callback('client', 'one'));
  socket.end('two', t.callback('client', 'end'));
  socket.destroy(new Error('enough'));
  await t.closed(socket);
});

scenario('writes before the connection are sent in order', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const socket = t.watch(t.connect(), 'client');
  for (const [index, text] of ['a', 'b', 'ü', ''].entries()) t.note('client', 'write', socket.write(text, t.callback('client', String(index))));
  socket.write(Buffer.from('bytes'), t.callback('client', 'bytes'));
  socket.write('6869', 'hex', t.callback('client', 'hex'));
  t.log('counts', socket.bytesWritten, socket.writableLength, socket.bufferSize);
  await t.once(socket, 'connect');
  t.log('counts', socket.bytesWritten);
  socket.end('end', t.callback('client', 'end'));
  await t.closed(socket);
  t.log('counts', socket.bytesWritten, socket.bytesRead);
});

scenario('one socket connected twice while it is connecting', { media: ['tcp4', 'ipc'] }, async (t) => {
  await t.serve();
  const socket = t.watch(t.track(new t.net.Socket()), 'client', { events: ['connect', 'close', 'connectionAttempt'] });
  socket.on('error', (error: NodeJS.ErrnoException) => t.note('client', 'error', error.code, error.syscall));
  socket.connect(t.target());
  socket.connect(t.target());
  await t.closed(socket);
});

scenario('connect on a connection that stands', { media: ['tcp4', 'ipc'] }, async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client', { events: ['connect', 'close', 'ready', 'connectionAttempt'] });
  client.on('error', (error: NodeJS.ErrnoException) => t.note('client', 'error', error.code, error.syscall));
  client.connect(t.target());
  await t.turn(10);
  t.log('state', client.connecting, client.destroyed, client.readyState);
});

scenario('localAddress and localPort', TCP, async (t) => {
  const server = await t.serve((peer) => {
    t.log('peer sees', peer.remoteAddress, peer.remotePort === socket.localPort);
  });
  const probe = t.net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, t.medium === 'tcp4' ? '127.0.0.1' : '::1', resolve));
  const { port, address } = probe.address() as { port: number; address: string };
  await new Promise((resolve) => probe.close(resolve));
  const arrival = t.once(server, 'connection');
  const socket = t.watch(t.connect({ localAddress: address, localPort: port }), 'client');
  await Promise.all([t.once(socket, 'connect'), arrival]);
  t.log('asked for', socket.localAddress === address, socket.localPort === port);
});

scenario('localPort alone', TCP, async (t) => {
  await t.serve();
  const probe = t.net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  const socket = t.connect({ localPort: port });
  await t.once(socket, 'connect');
  t.log('asked for', socket.localPort === port);
});

scenario('a localPort that is taken', TCP, async (t) => {
  const server = await t.serve();
  const address = server.address() as { port: number; address: string };
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect({ ...t.target(), localAddress: address.address, localPort: address.port } as NetConnectOpts);
  await t.closed(socket);
});

scenario('a localAddress that is not ours', { media: ['tcp4'] }, async (t) => {
  await t.serve();
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect(t.target({ localAddress: '192.0.2.1' }));
  await t.closed(socket);
});

scenario('a refused connection with a near end tells of it', { media: ['tcp4'] }, async (t) => {
  const probe = await t.serve();
  const { port } = probe.address() as { port: number };
  const nowhere = await t.nowhere();
  await new Promise((resolve) => probe.close(resolve));
  t.hide(port, 'local port');
  const socket = t.watch(t.connect({ ...(nowhere as object), localAddress: '127.0.0.1', localPort: port }), 'client');
  await t.closed(socket);
});

scenario('an address that cannot be reached', { media: ['tcp4'] }, async (t) => {
  const socket = t.watch(t.connect({ host: '255.255.255.255', port: 9 }), 'client', { events: ['connect', 'close'] });
  socket.on('error', (error: NodeJS.ErrnoException & { address?: string; port?: number }) => {
    t.note('client', 'error', error.code, error.syscall, error.address, error.port, error.message.replace(/Local \(.*\)/, 'Local'));
  });
  await t.closed(socket);
});

scenario('connecting to a file that is no socket', { media: ['ipc'] }, async (t) => {
  const socket = t.watch(t.connect({ path: '/etc/passwd' }), 'client');
  await t.closed(socket);
});

scenario('ref and unref before, while and after connecting', async (t) => {
  await t.serve();
  const socket = t.track(new t.net.Socket());
  t.log('listeners', socket.unref().listenerCount('connect'), socket.ref().listenerCount('connect'));
  socket.connect(t.target());
  t.log('listeners', socket.unref().ref().listenerCount('connect'));
  await t.once(socket, 'connect');
  t.log('listeners', socket.unref().ref().listenerCount('connect'));
  socket.destroy();
  await t.closed(socket);
  t.log('listeners', socket.ref().listenerCount('connect'));
});
