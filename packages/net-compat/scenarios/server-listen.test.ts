import { scenario } from './support/scenario.js';
import { freshPath } from '@netstrata/config/fresh-path';
import { freshEndpoint } from './support/medium.js';

scenario('a server that starts to listen', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  t.log('before', server.listening, server.address(), server.maxConnections, server.listenerCount('listening'));
  const at = freshEndpoint(t.medium);
  if ('path' in at) t.hide(at.path, 'path');
  const same = server.listen(at, t.callback('server', 'listen')) === server;
  t.ticks('server', 'listen');
  t.log('chains', same);
  await t.once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address !== null) t.hide(address.port, 'port');
  t.log('after', server.listening, server.address());
  server.close();
  t.log('closed', server.listening, server.address());
  await t.closed(server);
});

scenario('whether a server listens while it is about to', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(freshEndpoint(t.medium));
  t.log('after listen', server.listening);
  await t.once(server, 'listening');
  server.close();
  await t.closed(server);
});

scenario('listen without a host takes both families', { media: ['tcp4'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(0, t.callback('server', 'listen'));
  t.log('at once', server.listening);
  await t.once(server, 'listening');
  const { port, ...rest } = server.address() as { port: number; address: string; family: string };
  t.log('address', typeof port, rest);
  for (const host of ['127.0.0.1', '::1']) {
    const client = t.connect({ host, port });
    const [peer] = await t.once<[import('node:net').Socket]>(server, 'connection');
    t.log('peer', host, peer.remoteAddress, peer.remoteFamily, peer.localAddress, peer.localFamily, peer.localPort === port);
    client.destroy();
    peer.destroy();
  }
  server.close();
  await t.closed(server);
});

scenario('ipv6Only leaves IPv4 alone', { media: ['tcp6'] }, async (t) => {
  // A port that nobody else has for IPv4.
  const first = t.net.createServer().listen(0, '0.0.0.0');
  await t.once(first, 'listening');
  const { port } = first.address() as { port: number };
  t.hide(port, 'port');
  const server = t.net.createServer();
  server.listen({ port, host: '::', ipv6Only: true });
  await t.once(server, 'listening');
  first.close();
  await t.closed(first);
  const client = t.watch(t.connect({ host: '127.0.0.1', port }), 'client');
  await t.closed(client);
  const second = t.net.createServer().listen({ port, host: '0.0.0.0' });
  await t.once(second, 'listening');
  t.log('IPv4', second.address());
  second.close();
  server.close();
  await t.closed(server, second);
});

scenario('listening twice', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  t.attempt('listen again', () => server.listen(freshEndpoint(t.medium)));
  t.log('still', server.listening);
  server.close();
  await t.closed(server);
});

scenario('listening twice before the first has begun', { media: ['tcp4'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(0, '127.0.0.1', t.callback('server', 'first'));
  t.attempt('listen again', () => server.listen(0, '127.0.0.1', t.callback('server', 'second')) === server);
  await t.once(server, 'listening');
  await t.turn(3);
  server.close();
  await t.closed(server);
});

scenario('listening again after close', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  server.close(t.callback('server', 'close'));
  await t.closed(server);
  server.listen(freshEndpoint(t.medium), t.callback('server', 'listen'));
  await t.once(server, 'listening');
  server.close();
  await t.closed(server);
});

scenario('listening where somebody listens', async (t) => {
  await t.serve();
  const second = t.watch(t.net.createServer(), 'second');
  second.listen(t.target(), t.callback('second', 'listen'));
  t.ticks('second', 'listen');
  await t.once(second, 'error');
  t.log('second', second.listening);
  await t.turn(3);
  second.close(t.callback('second', 'close'));
  await t.closed(second);
  // What failed once can listen elsewhere.
  second.listen(freshEndpoint(t.medium), t.callback('second', 'elsewhere'));
  await t.once(second, 'listening');
  second.close();
  await t.closed(second);
});

scenario('listening is false as soon as it has failed', { media: ['ipc'] }, async (t) => {
  await t.serve();
  const second = t.watch(t.net.createServer(), 'second');
  second.listen(t.target());
  t.log('at once', second.listening);
  await t.once(second, 'error');
});

scenario('an address that is not of this host', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(0, t.medium === 'tcp4' ? '192.0.2.1' : '2001:db8::1');
  await t.once(server, 'error');
  await t.turn(2);
  t.log('listening', server.listening, server.address());
});

scenario('a name that cannot be resolved', { media: ['tcp4'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(0, 'nobody.invalid');
  await t.once(server, 'error');
  t.log('listening', server.listening);
});

scenario('a path in a folder that is not there', { media: ['ipc'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen('/nowhere/at/all.sock');
  t.ticks('server', 'listen');
  await t.once(server, 'error');
  t.log('listening', server.listening, server.address());
});

scenario('a path that is longer than the system takes', { media: ['ipc'], since: 26 }, async (t) => {
  for (const [lane, path] of [['file', `/tmp/${'x'.repeat(104)}`], ['abstract', `\0${'x'.repeat(108)}`], ['bytes', `/tmp/${'ä'.repeat(52)}`]] as const) {
    const server = t.watch(t.net.createServer(), `server ${lane}`);
    server.listen(path);
    t.note(`server ${lane}`, 'listening', server.listening);
    await t.once(server, 'error');
    const client = t.connect({ path });
    client.on('error', (error: NodeJS.ErrnoException & { address?: string }) => {
      t.note(`client ${lane}`, 'error', error.code, error.syscall, error.address === path);
    });
    await t.closed(client);
  }
});

scenario('a path as long as the system takes', { media: ['ipc'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  const path = `\0${'y'.repeat(102)}${String(process.pid).padStart(5, '0')}`.slice(0, 108);
  server.listen(path);
  await t.once(server, 'listening');
  const client = t.watch(t.connect({ path }), 'client', { events: ['connect', 'error'] });
  await t.once(client, 'connect');
  server.close();
});

scenario('a signal closes the server', async (t) => {
  const abort = new AbortController();
  const server = t.watch(t.net.createServer(), 'server');
  server.listen({ ...freshEndpoint(t.medium), signal: abort.signal });
  await t.once(server, 'listening');
  abort.abort();
  t.log('listening', server.listening);
  await t.closed(server);
  t.watch(server, 'server');
});

scenario('a signal that has fired already', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen({ ...freshEndpoint(t.medium), signal: AbortSignal.abort() });
  t.ticks('server', 'listen');
  await t.closed(server);
  await t.turn(2);
  t.log('listening', server.listening);
});

scenario('the path of a server stays known when it has closed', { media: ['ipc'] }, async (t) => {
  const path = freshPath();
  t.hide(path, 'path');
  const server = t.net.createServer().listen(path);
  t.log('at once', server.address());
  await t.once(server, 'listening');
  server.close();
  t.log('closed', server.address());
  await t.closed(server);
});

scenario('a server listens on the handle of another', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const first = t.watch(await t.serve(), 'first', { also: ['connection'] });
  const second = t.watch(t.net.createServer(), 'second', { also: ['connection'] });
  second.listen(first, t.callback('second', 'listen'));
  await t.once(second, 'listening');
  t.log('both', first.listening, second.listening);
  const client = t.connect();
  await t.once(second, 'connection');
  client.destroy();
  second.close();
});
