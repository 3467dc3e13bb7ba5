import { once } from 'node:events';
import { addAbortSignal, compose, finished, PassThrough, pipeline, Readable, Transform, Duplex } from 'node:stream';
import * as promises from 'node:stream/promises';
import { scenario } from './support/scenario.js';

const upper = (): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      callback(null, chunk.toString('latin1').toUpperCase());
    },
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

scenario('what stream asks of a socket', { media: ['tcp4'] }, async (t) => {
  const { client } = await t.pair();
  const { isReadable, isErrored, isDisturbed } = await import('node:stream') as unknown as Record<'isReadable' | 'isErrored' | 'isDisturbed', (stream: unknown) => unknown>;
  t.log('open', isReadable(client), isErrored(client), isDisturbed(client));
  client.on('error', () => {});
  client.destroy(new Error('x'));
  await t.closed(client);
  t.log('closed', isReadable(client), isErrored(client), isDisturbed(client));
});
