import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { scenario } from './support/scenario.js';

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
