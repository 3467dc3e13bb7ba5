import type { Socket } from 'node:net';
import { scenario } from './support/scenario.js';

scenario('callbacks of writes and of end, in order', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  for (let i = 0; i < 5; i++) t.note('client', 'write', client.write(`${i}`, t.callback('client', String(i))));
  client.end('end', t.callback('client', 'end'));
  t.ticks('client');
  await t.closed(client, peer);
  t.log('counts', client.bytesWritten, peer.bytesRead);
});

scenario('encodings of what is written', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  const texts: [string, BufferEncoding][] = [
    ['grün', 'utf8'], ['grün', 'latin1'], ['gr', 'ascii'], ['6869', 'hex'], ['aGk=', 'base64'], ['aGk', 'base64url'], ['hi', 'utf16le'], ['hi', 'ucs2'],
    ['hi', 'binary'], ['HI', 'UTF-8' as BufferEncoding], ['\ud800', 'utf8'],
  ];
  for (const [text, encoding] of texts) t.attempt(`write ${text} as ${encoding}`, () => client.write(text, encoding, t.callback('client', encoding)));
  t.log('counts', client.bytesWritten);
  client.end();
  await t.closed(peer);
  t.log('counts', peer.bytesRead);
});

scenario('what can be written', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  client.on('error', (error) => t.note('client', 'error', error));
  const values: [string, unknown][] = [
    ['a Buffer', Buffer.from('buffer')], ['a Uint8Array', new Uint8Array([97, 98])], ['a part of a Uint16Array', new Uint16Array([0x6161, 0x6262])],
    ['a DataView', new DataView(new ArrayBuffer(2))], ['an empty Buffer', Buffer.alloc(0)], ['an empty text', ''], ['null', null], ['undefined', undefined],
    ['a number', 1], ['true', true], ['an object', {}], ['an array', [1]], ['an ArrayBuffer', new ArrayBuffer(1)], ['a function', (): void => {}],
  ];
  for (const [what, value] of values) t.attempt(what, () => client.write(value as string));
  t.attempt('an unknown encoding', () => client.write('x', 'klingon' as BufferEncoding));
  t.attempt('end with a number', () => client.end(1 as never));
  client.end();
  await t.closed(peer);
});

scenario('an unknown default encoding', { media: ['tcp4'] }, async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  t.attempt('unknown', () => client.setDefaultEncoding('klingon' as BufferEncoding));
  client.setDefaultEncoding('hex');
  client.end('6869');
  await t.closed(peer);
});

scenario('write after end', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  client.end('last', t.callback('client', 'end'));
  t.log('write', client.write('late', t.callback('client', 'late')));
  await t.closed(client);
});

scenario('write after the peer has ended', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  peer.resume();
  client.resume();
  peer.end();
  await t.once(client, 'end');
  t.log('writable', client.writable, client.writableEnded);
  t.note('client', 'write', client.write('late', t.callback('client', 'late')));
  t.ticks('client');
  await t.closed(client);
});

scenario('write in the listener of end', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  client.resume();
  client.on('end', () => {
    t.note('client', 'write', client.write('answer', t.callback('client', 'answer')), client.writable);
  });
  peer.end();
  await t.closed(client);
});

scenario('write a turn after the peer has ended', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  peer.resume();
  client.resume();
  peer.end();
  await t.once(client, 'finish');
  t.note('client', 'write', client.write('late', t.callback('client', 'late')));
  t.note('client', 'write with an encoding', client.write('late', 'latin1', t.callback('client', 'latin1')));
  await t.closed(client);
});

scenario('end called again', async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  client.resume();
  client.end(t.callback('client', 'first'));
  client.end(t.callback('client', 'second'));
  await t.closed(client);
  client.end(t.callback('client', 'after close'));
  client.end('data', t.callback('client', 'data after close'));
  await t.turn(2);
});

scenario('end with a callback in every place', { media: ['tcp4'] }, async (t) => {
  for (const [label, end] of [
    ['(cb)', (socket: Socket, done: () => void) => socket.end(done)],
    ['(data, cb)', (socket: Socket, done: () => void) => socket.end('x', done)],
    ['(data, encoding, cb)', (socket: Socket, done: () => void) => socket.end('6869', 'hex', done)],
    ['(undefined, undefined, cb)', (socket: Socket, done: () => void) => socket.end(undefined as never, undefined, done)],
    ['(null, cb)', (socket: Socket, done: () => void) => socket.end(null as never, done)],
  ] as const) {
    const { client, peer } = await t.pair();
    t.watch(peer, `peer ${label}`, { data: true });
    end(client, t.callback(label, 'end'));
    await t.closed(peer);
  }
});

scenario('backpressure: write gives false, and drain comes once', async (t) => {
  const { client, peer } = await t.pair({ highWaterMark: 1000 });
  t.watch(client, 'client');
  peer.pause();
  // More than any kernel takes.
  const piece = Buffer.alloc(1 << 20, 'x');
  let accepted = true;
  for (let i = 0; i < 16; i++) accepted = client.write(piece);
  t.log('full', accepted, client.writableNeedDrain, client.writableLength > 0, client.writableLength <= 16 * piece.length, client.bytesWritten);
  let received = 0;
  peer.on('data', (chunk) => (received += chunk.length)).resume();
  await t.once(client, 'drain');
  t.log('empty', client.writableNeedDrain, client.writableLength, client.bufferSize);
  client.end();
  await t.closed(client);
  t.log('received', received, peer.bytesRead, client.bytesWritten);
});

scenario('a high-water mark of one byte', async (t) => {
  const { client, peer } = await t.pair({ highWaterMark: 1 });
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  t.note('client', 'write', client.write('a'), client.write('b'), client.writableNeedDrain);
  client.once('drain', () => t.note('client', 'drained', client.write('c', t.callback('client', 'c'))));
  t.ticks('client');
  await t.turn(3);
  client.end();
  await t.closed(client);
});

scenario('cork and uncork', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  client.cork();
  client.cork();
  client.write('a', t.callback('client', 'a'));
  client.write('b', t.callback('client', 'b'));
  t.log('corked', client.writableCorked, client.writableLength, client.bytesWritten);
  client.uncork();
  t.log('corked', client.writableCorked, client.writableLength);
  client.uncork();
  t.log('uncorked', client.writableCorked, client.writableLength);
  await t.turn();
  client.cork();
  client.write('c');
  client.end('d', t.callback('client', 'end'));
  await t.closed(client);
});

scenario('a destroyed socket flushes what was taken', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  client.write('taken');
  client.destroy();
  await t.closed(peer);
});

scenario('writes from callbacks of writes', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  let left = 5;
  const next = (): void => {
    t.note('client', 'written', left);
    if (left-- > 0) client.write(String(left), next);
    else client.end();
  };
  next();
  await t.closed(peer);
});

scenario('a write that throws in its callback does not stop others', { media: ['tcp4'] }, async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  client.write('a', t.callback('client', 'a'));
  client.write('b');
  client.write('c', t.callback('client', 'c'));
  await t.turn();
  client.end();
  await t.closed(peer);
});

scenario('the peer is gone: writes fail', async (t) => {
  const { client, peer } = await t.pair({ allowHalfOpen: true });
  t.watch(client, 'client', { events: ['close', 'finish', 'end'] });
  client.on('error', (error: NodeJS.ErrnoException) => t.note('client', 'error', ['EPIPE', 'ECONNRESET'].includes(error.code!), error.syscall, error.name));
  client.resume();
  peer.destroy();
  await t.once(client, 'end');
  const more = (): void => {
    if (!client.destroyed) client.write('x'.repeat(1000), () => setImmediate(more));
  };
  more();
  await t.closed(client);
  t.log('state', client.destroyed, client.errored !== null, client.writable);
});

scenario('the last write before destroy with an error', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  client.write('last', t.callback('client', 'last'));
  client.destroy(new Error('enough'));
  await t.closed(client, peer);
});

scenario('destroy with a large write under way', { since: 22 }, async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  peer.pause();
  client.write(Buffer.alloc(1 << 24), t.callback('client', 'large'));
  client.write('queued', t.callback('client', 'queued'));
  client.end('end', t.callback('client', 'end'));
  await t.turn();
  client.destroy();
  t.ticks('client', 'destroy');
  await t.closed(client);
  t.log('state', client.writableLength, client.writableFinished, client.bytesWritten > 0);
});

scenario('corked writes without a connection fail together', async (t) => {
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.cork();
  socket.write('one', t.callback('client', 'one'));
  socket.write(Buffer.from('two'), t.callback('client', 'two'));
  t.note('client', 'corked', socket.bytesWritten, socket.writableLength);
  socket.uncork();
  t.ticks('client', 'uncork');
  await t.closed(socket);
});

scenario('corked writes on the way to a connection', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const socket = t.watch(t.connect(), 'client');
  socket.cork();
  socket.write('one', t.callback('client', 'one'));
  socket.write('74776f', 'hex', t.callback('client', 'two'));
  socket.uncork();
  t.note('client', 'uncorked', socket.bytesWritten, socket.writableLength);
  socket.write('three', t.callback('client', 'three'));
  t.note('client', 'written', socket.bytesWritten, socket.writableLength);
  await t.once(socket, 'connect');
  socket.end();
  await t.closed(socket);
});

scenario('bytesWritten while the callbacks of lost writes run', async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  client.cork();
  for (const text of ['one', 'three']) {
    client.write(text, (error) => t.note('client', text, error, client.bytesWritten, client.writableLength));
  }
  client.destroy();
  await t.closed(client);
  t.log('at the end', client.bytesWritten);
});
