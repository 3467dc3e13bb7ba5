import type { Socket } from 'node:net';
import { Duplex, Readable, Writable } from 'node:stream';
import { scenario } from './support/scenario.js';

type Method = (this: unknown, ...args: never[]) => unknown;

const wrapped = ['push', '_read', '_write', '_writev', '_writeGeneric', '_final', '_destroy', 'emit', 'end', 'destroy'] as const;

for (const name of wrapped) {
  scenario(`${name} is replaced on a socket that is connected`, { media: ['tcp4', 'ipc'] }, async (t) => {
    const { client, peer } = await t.pair();
    const own = client as unknown as Record<string, Method>;
    const before = own[name];
    let calls = 0;
    own[name] = function (...args) {
      calls++;
      return before.apply(this, args);
    };
    t.watch(peer, 'peer', { data: true });
    peer.write('to the client');
    await t.once(client, 'data');
    client.write('one');
    client.cork();
    client.write('two');
    client.write(Buffer.from('three'));
    client.uncork();
    client.end();
    peer.end();
    await t.closed(client, peer);
    t.log(name, calls > 0);
  });
}

scenario('a push of the user\'s own changes what is read', async (t) => {
  await t.serve((peer) => peer.end('quiet'));
  class Loud extends t.net.Socket {
    override push(chunk: unknown): boolean {
      return super.push(chunk === null ? null : Buffer.from(String(chunk).toUpperCase()));
    }
  }
  const client = t.watch(t.connectAgain(new Loud()), 'client', { data: true });
  await t.closed(client);
});

scenario('a class whose _writev passes on what it gets', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer', { data: true });
    peer.on('end', () => peer.end());
  });
  class Passing extends t.net.Socket {
    override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], callback: (error?: Error | null) => void): void {
      t.note('client', '_writev', ...chunks.map(({ encoding }) => encoding));
      super._writev!(chunks, callback);
    }
  }
  const client = t.watch(t.connectAgain(new Passing() as Socket), 'client');
  client.resume();
  await t.once(client, 'connect');
  client.cork();
  client.write('a');
  client.write('62', 'hex');
  client.uncork();
  client.end();
  await t.closed(client);
});

scenario('connect brings back the write of all sockets', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const client = new t.net.Socket();
  client.write = () => {
    t.log('the own write');
    return true;
  };
  t.connectAgain(client);
  t.log('own', client.write === t.net.Socket.prototype.write);
  client.end('x');
  client.resume();
  await t.closed(client);
});

scenario('what a subclass may replace comes as options', { media: ['tcp4'] }, async (t) => {
  const methods = {
    read(this: Socket) {
      this.push('read');
      this.push(null);
    },
    write(chunk: unknown, _encoding: string, callback: () => void) {
      t.log('write', chunk);
      callback();
    },
    final(callback: () => void) {
      t.log('final');
      callback();
    },
  };
  const socket = t.watch(new t.net.Socket(methods as object), 'socket', { data: true });
  socket.end('written');
  await t.closed(socket);
});

scenario('the classes of a socket and its states', { media: ['tcp4'] }, async (t) => {
  const { client } = await t.pair();
  const states = client as unknown as { _readableState: object; _writableState: object };
  t.log('socket', client instanceof Writable, client instanceof Readable, client instanceof Duplex);
  t.log('names', states._readableState.constructor.name, states._writableState.constructor.name);
  t.log('keys', ...Object.keys(client).sort());
  t.log('JSON', typeof JSON.stringify(client));
  client.destroy();
  await t.closed(client);
});

scenario('fields of the states can be set', { media: ['tcp4'] }, (t) => {
  const socket = new t.net.Socket() as unknown as Record<'_readableState' | '_writableState', Record<string, unknown>>;
  const both = ['destroyed', 'closed', 'closeEmitted', 'errored', 'errorEmitted', 'autoDestroy', 'emitClose', 'constructed', 'sync', 'ended'];
  const fields = {
    _readableState: [...both, 'endEmitted', 'needReadable', 'emittedReadable', 'readableListening', 'resumeScheduled', 'readingMore', 'dataEmitted', 'reading'],
    _writableState: [...both, 'ending', 'finished', 'finalCalled', 'prefinished', 'needDrain', 'bufferProcessing', 'decodeStrings'],
  };
  for (const [name, keys] of Object.entries(fields)) {
    const state = socket[name as keyof typeof fields];
    for (const key of keys) t.attempt(`${name}.${key}`, () => (state[key] = key === 'errored' ? null : state[key]));
  }
  return Promise.resolve();
});

scenario('_undestroy', { media: ['tcp4'] }, async (t) => {
  const socket = new t.net.Socket();
  socket.destroy();
  await t.closed(socket);
  (socket as unknown as { _undestroy(): void })._undestroy();
  t.log('state', socket.destroyed, socket.closed, socket.readable, socket.writable);
});

scenario('asynchronous disposal settles with the error', async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  const disposal = (client as unknown as AsyncDisposable)[Symbol.asyncDispose]();
  await disposal.then(() => t.note('client', 'disposed'));
  await t.closed(client);
});
