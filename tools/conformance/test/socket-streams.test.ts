import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { addAbortSignal, compose, finished, PassThrough, pipeline, Readable, Transform, Writable, Duplex } from 'node:stream';
import * as promises from 'node:stream/promises';
import { scenario } from '../src/scenario.js';

/** Bytes that compress badly and can be checked. */
function material(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let seed = 1;
  for (let i = 0; i < size; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    bytes[i] = seed >> 16;
  }
  return bytes;
}

const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const upper = (): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      callback(null, chunk.toString('latin1').toUpperCase());
    },
  });

scenario('pipe between sockets: a proxy', async (t) => {
  await t.serve({ allowHalfOpen: true }, (peer) => peer.pipe(peer));
  const where = t.target({ allowHalfOpen: true });
  await t.serve({ allowHalfOpen: true }, (near) => {
    const far = t.track(t.net.connect(where));
    t.watch(near, 'near', { events: ['pipe', 'unpipe', 'end', 'finish', 'close'] });
    t.watch(far, 'far', { events: ['pipe', 'unpipe', 'end', 'finish', 'close'] });
    near.pipe(far);
    far.pipe(near);
  });
  const client = t.watch(t.connect({ allowHalfOpen: true }), 'client', { data: true });
  client.end('through and back');
  await t.closed(client);
});

scenario('a large transfer arrives whole, through a proxy', { patience: 10_000 }, async (t) => {
  const bytes = material(3_000_000);
  const received: Buffer[] = [];
  const target = await t.serve((peer) => peer.on('data', (chunk) => received.push(Buffer.from(chunk))));
  const where = t.target();
  await t.serve((near) => near.pipe(t.track(t.net.connect(where))).resume());
  const arrival = t.once<[Socket]>(target, 'connection');
  const client = t.connect();
  client.end(bytes);
  client.resume();
  const [peer] = await arrival;
  await t.once(peer, 'end');
  const whole = Buffer.concat(received);
  t.log('received', whole.length, checksum(whole) === checksum(bytes));
  t.log('counts', client.bytesWritten, peer.bytesRead);
});

scenario('a large transfer in both directions at once', { patience: 10_000 }, async (t) => {
  const up = material(2_000_001);
  const down = material(1_500_007);
  const collect = (socket: Socket): Promise<Buffer> =>
    new Promise((resolve) => {
      const pieces: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => pieces.push(chunk)).on('end', () => resolve(Buffer.concat(pieces)));
    });
  const { client, peer } = await t.pair({ allowHalfOpen: true }, { allowHalfOpen: true });
  const both = Promise.all([collect(client), collect(peer)]);
  for (let i = 0; i < up.length; i += 10_000) client.write(up.subarray(i, i + 10_000));
  for (let i = 0; i < down.length; i += 777) peer.write(down.subarray(i, i + 777));
  client.end();
  peer.end();
  const [atClient, atPeer] = await both;
  t.log('down', atClient.length, checksum(atClient) === checksum(down));
  t.log('up', atPeer.length, checksum(atPeer) === checksum(up));
});

scenario('many small writes arrive in order', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { data: true });
  for (let i = 0; i < 5000; i++) {
    client.write(`${i},`);
    if (i % 1000 === 0) await t.turn();
  }
  client.end();
  await t.closed(peer);
});

scenario('pipeline through a transform', async (t) => {
  await t.serve((peer) => {
    pipeline(peer, upper(), peer, t.callback('peer', 'pipeline'));
  });
  const client = t.watch(t.connect(), 'client', { data: true });
  client.end('shout');
  await t.closed(client);
});

scenario('pipeline of a stream into a socket', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const client = t.watch(t.connect(), 'client');
  await promises.pipeline(Readable.from(['one ', 'two ', 'three']), client);
  t.log('done', client.writableFinished);
  await t.closed(client);
});

scenario('pipeline whose source fails', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer'));
  const client = t.watch(t.connect(), 'client');
  await t.once(client, 'connect');
  const source = new Readable({ read() {} });
  const done = new Promise<void>((resolve) => {
    pipeline(source, client, (error) => {
      t.log('pipeline', error, client.destroyed);
      resolve();
    });
  });
  source.destroy(new Error('source'));
  await Promise.all([done, t.closed(client)]);
});

scenario('pipeline whose socket is destroyed', async (t) => {
  await t.serve();
  const client = t.watch(t.connect(), 'client');
  await t.once(client, 'connect');
  const source = new PassThrough();
  const done = new Promise<void>((resolve) => {
    pipeline(source, client, (error) => {
      t.log('pipeline', error, source.destroyed);
      resolve();
    });
  });
  client.destroy();
  await done;
});

scenario('finished, of an orderly end', async (t) => {
  const { client, peer } = await t.pair();
  finished(client, t.callback('client', 'finished'));
  finished(peer, t.callback('peer', 'finished'));
  t.watch(client, 'client');
  peer.resume();
  client.resume();
  client.end('bye');
  await t.closed(client, peer);
});

scenario('finished, of a socket that is destroyed', async (t) => {
  const { client } = await t.pair();
  finished(client, t.callback('client', 'finished'));
  client.destroy();
  await t.closed(client);
  finished(client, t.callback('client', 'finished of a closed one'));
  await t.turn(3);
});

scenario('finished, of a socket that fails', async (t) => {
  const client = t.connect(await t.nowhere());
  finished(client, t.callback('client', 'finished'));
  await t.turn(1);
  await promises.finished(client).catch((error: unknown) => t.log('rejected', error));
});

scenario('finished, for one side only', async (t) => {
  const { client, peer } = await t.pair({ allowHalfOpen: true }, { allowHalfOpen: true });
  finished(client, { readable: false }, t.callback('client', 'writing finished'));
  finished(client, { writable: false }, t.callback('client', 'reading finished'));
  client.resume();
  peer.resume();
  client.end();
  await t.once(peer, 'end');
  await t.turn(2);
  peer.end();
  await t.closed(client);
});

scenario('async iteration of a socket', async (t) => {
  await t.serve((peer) => peer.end('some text'));
  const client = t.watch(t.connect(), 'client');
  let text = '';
  for await (const chunk of client) text += String(chunk);
  t.log('text', text);
  if (!client.closed) await t.closed(client);
  t.log('state', client.destroyed, client.readableEnded);
});

scenario('async iteration that is left early', async (t) => {
  await t.serve((peer) => {
    peer.on('error', () => {});
    peer.write('first');
  });
  const client = t.watch(t.connect(), 'client', { events: ['end'] });
  const closed = t.closed(client);
  for await (const chunk of client) {
    t.log('chunk', chunk);
    break;
  }
  t.log('left', client.destroyed);
  await closed;
});

scenario('async iteration of a connection that is reset', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const { client, peer } = await t.pair();
  peer.write('before');
  setImmediate(() => setImmediate(() => peer.resetAndDestroy()));
  try {
    for await (const chunk of client) t.log('chunk', chunk);
    t.log('ended');
  } catch (error) {
    t.log('threw', error);
  }
});

scenario('async iteration of a socket that is destroyed', async (t) => {
  const { client } = await t.pair();
  setImmediate(() => client.destroy());
  try {
    for await (const chunk of client) t.log('chunk', chunk);
    t.log('ended');
  } catch (error) {
    t.log('threw', error);
  }
});

scenario('events.once', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  const client = t.connect();
  t.log('connect', await once(client, 'connect'));
  t.log('data', (await once(client, 'data')).map(String));
  t.log('close', await once(client, 'close'));
  const failing = t.connect(await t.nowhere());
  await once(failing, 'connect').catch((error: unknown) => t.log('rejected', error));
});

scenario('Readable.toWeb and back', async (t) => {
  await t.serve((peer) => peer.end('to the web'));
  const client = t.connect();
  let text = '';
  for await (const chunk of Readable.toWeb(client) as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
  t.log('text', text);
});

scenario('Duplex.toWeb', async (t) => {
  await t.serve((peer) => peer.pipe(peer));
  const client = t.connect();
  const { readable, writable } = Duplex.toWeb(client) as { readable: ReadableStream<Uint8Array>; writable: WritableStream<Uint8Array> };
  const writer = writable.getWriter();
  await writer.write(Buffer.from('web'));
  await writer.close();
  let text = '';
  for await (const chunk of readable as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
  t.log('text', text);
});

scenario('stream helpers on a socket', async (t) => {
  await t.serve((peer) => peer.end('a,b,c'));
  const client = t.connect();
  type Helpers = { map(map: (chunk: Buffer) => string): { toArray(): Promise<string[]> } };
  const has = 'map' in client && typeof client.map === 'function';
  t.log('map', (await (has ? (client as unknown as Helpers) : (Readable.from(client) as unknown as Helpers)).map(String).toArray()).join('|'));
});

scenario('a socket as part of compose', { media: ['tcp4', 'ipc'] }, async (t) => {
  await t.serve((peer) => peer.pipe(peer));
  const client = t.connect();
  const composed = compose(client, upper());
  composed.end('loud');
  let text = '';
  for await (const chunk of composed as unknown as AsyncIterable<Buffer>) text += String(chunk);
  t.log('text', text);
});

scenario('addAbortSignal', async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  const controller = new AbortController();
  addAbortSignal(controller.signal, client);
  controller.abort();
  await t.closed(client);
});

scenario('pipe to a writable that fails', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  const sink = new Writable({
    write(_chunk, _encoding, callback) {
      callback(new Error('full'));
    },
  });
  sink.on('error', (error) => t.note('client', 'sink', error));
  client.pipe(sink);
  peer.write('data');
  await t.once(sink, 'close');
  await t.turn(2);
  t.log('state', client.destroyed, client.readableFlowing, client.isPaused());
});

scenario('pipe without end, and unpipe', async (t) => {
  const { client, peer } = await t.pair();
  const sink = new PassThrough();
  sink.on('finish', t.callback('client', 'sink finish')).on('unpipe', () => t.note('client', 'sink unpipe'));
  sink.on('data', (chunk: Buffer) => t.note('client', 'sink data', chunk));
  t.watch(client, 'client');
  client.pipe(sink, { end: false });
  peer.write('one');
  await t.once(sink, 'data');
  client.unpipe(sink);
  t.log('flowing', client.readableFlowing);
  peer.end('two');
  client.resume();
  await t.closed(client);
});

scenario('pipe into two destinations', async (t) => {
  const { client, peer } = await t.pair();
  const sinks = [new PassThrough(), new PassThrough()];
  for (const sink of sinks) client.pipe(sink);
  peer.end('for both');
  for (const [index, sink] of sinks.entries()) {
    let text = '';
    for await (const chunk of sink) text += String(chunk);
    t.log(`sink ${index}`, text);
  }
});

scenario('what stream asks of a socket', { media: ['tcp4'] }, async (t) => {
  const { client } = await t.pair();
  const { isReadable, isErrored, isDisturbed } = await import('node:stream') as unknown as Record<'isReadable' | 'isErrored' | 'isDisturbed', (stream: unknown) => unknown>;
  t.log('open', isReadable(client), isErrored(client), isDisturbed(client));
  client.on('error', () => {});
  client.destroy(new Error('x'));
  await t.closed(client);
  t.log('closed', isReadable(client), isErrored(client), isDisturbed(client));
});
