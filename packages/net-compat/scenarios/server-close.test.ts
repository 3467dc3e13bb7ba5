import type { Socket } from 'node:net';
import { scenario } from './support/scenario.js';
import { freshEndpoint } from './support/medium.js';

scenario('a server without connections closes', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  const same = server.close(t.callback('server', 'close')) === server;
  t.ticks('server', 'close');
  t.log('closing', same, server.listening, server.address());
  await t.closed(server);
  await t.turn(2);
});

scenario('a server closes when its last connection has ended', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(server, 'server');
  t.watch(client, 'client');
  t.watch(peer, 'server');
  server.close(t.callback('server', 'close'));
  await t.turn(2);
  t.log('listening', server.listening);
  client.resume();
  peer.resume();
  client.write('still alive');
  await t.once(peer, 'data');
  client.end();
  await t.closed(server);
});

scenario('a server that closes takes no more connections', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const { server } = await t.pair();
  server.close();
  const late = t.watch(t.connect(), 'late');
  await t.closed(late);
});

scenario('a pipe that is closed is gone', { media: ['ipc'] }, async (t) => {
  const { server } = await t.pair();
  server.close();
  const late = t.watch(t.connect(), 'late', { events: ['connect', 'error', 'close'] });
  await t.closed(late);
});

scenario('closing what does not listen', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.close(t.callback('server', 'close'));
  t.ticks('server', 'close');
  await t.closed(server);
  t.attempt('without a callback', () => server.close() === server);
  await t.closed(server);
});

scenario('closing twice', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  server.close(t.callback('server', 'first'));
  server.close(t.callback('server', 'second'));
  t.ticks('server', 'close');
  await t.closed(server);
  await t.turn(2);
});

scenario('closing twice while there are connections', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(server, 'server');
  server.close(t.callback('server', 'first'));
  server.close(t.callback('server', 'second'));
  await t.turn(2);
  peer.destroy();
  client.destroy();
  await t.closed(server);
  await t.turn(2);
});

scenario('closing in the tick of listening', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(freshEndpoint(t.medium), t.callback('server', 'listen'));
  server.close(t.callback('server', 'close'));
  t.ticks('server', 'close');
  await t.closed(server);
  await t.turn(3);
  t.log('listening', server.listening);
});

scenario('closing in the callback of listen', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(freshEndpoint(t.medium), () => {
    t.note('server', 'listening');
    server.close(t.callback('server', 'close'));
    t.ticks('server', 'close');
  });
  await t.closed(server);
});

scenario('closing in the callback of close', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  server.close(() => {
    server.close(t.callback('server', 'inner'));
  });
  await t.closed(server);
  await t.turn(2);
});

scenario('listening in the callback of close', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  server.close(() => {
    server.listen(freshEndpoint(t.medium), t.callback('server', 'again'));
  });
  await t.once(server, 'listening');
  server.close();
  await t.closed(server);
});

scenario('closing a server that could not listen', async (t) => {
  await t.serve();
  const second = t.watch(t.net.createServer(), 'second');
  second.listen(t.target());
  await t.once(second, 'error');
  second.close(t.callback('second', 'close'));
  t.ticks('second', 'close');
  await t.closed(second);
});

scenario('destroying a connection in its listener', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  server.on('connection', (peer: Socket) => {
    t.watch(peer, 'server');
    peer.destroy();
    server.close(t.callback('server', 'close'));
  });
  const client = t.watch(t.connect(), 'client');
  client.resume();
  await t.closed(server, client);
});

scenario('a server is disposed of', async (t) => {
  const server = t.watch(await t.serve(), 'server');
  const disposal = server[Symbol.asyncDispose]();
  t.log('listening', server.listening);
  t.log('gives', await disposal);
  t.log('again', await server[Symbol.asyncDispose]());
  await t.turn();
});

scenario('a server is disposed of that never listened', async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  t.log('gives', await server[Symbol.asyncDispose]());
  await t.turn();
});

scenario('a server with connections is disposed of when they end', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(server, 'server');
  const disposal = server[Symbol.asyncDispose]().then(() => {
    t.note('server', 'disposed');
  });
  await t.turn(2);
  peer.destroy();
  client.destroy();
  await disposal;
});

scenario('close and its callback in the order of listeners', async (t) => {
  const server = await t.serve();
  server.on('close', t.callback('server', 'listener'));
  server.close(t.callback('server', 'callback of close'));
  server.once('close', t.callback('server', 'listener after'));
  await t.closed(server);
});

scenario('a connection that outlives its server', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(server, 'server');
  server.close();
  peer.on('close', () => {
    t.note('server', 'the connection has closed', server.listening);
  });
  peer.end('bye');
  client.on('data', () => {});
  await t.closed(server);
});
