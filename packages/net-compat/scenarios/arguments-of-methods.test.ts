import type { Server, Socket } from 'node:net';
import { types } from 'node:util';
import { HOSTILE, hostileBut, isClass, tryAll } from './support/hostile.js';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

type Call = (socket: Socket, value: unknown) => unknown;
type Any = Record<string, (...args: unknown[]) => unknown>;

const any = (socket: object): Any => socket as unknown as Any;

/** What is called, the first major that does it so, and what is left out. */
const CALLS: [name: string, call: Call, options?: { since?: number; leaveOut?: (value: unknown) => boolean }][] = [
  // Shorter ones go off while they are looked at.
  ['setTimeout', (socket, value) => [socket.setTimeout(value as number) === socket, socket.timeout], { leaveOut: (value) => typeof value === 'number' && value > 0 && value < 1000 }],
  ['setTimeout with a callback', (socket, value) => [any(socket)['setTimeout'](60_000, value) === socket, socket.listenerCount('timeout')]],
  ['setTimeout 0 with a callback', (socket, value) => [any(socket)['setTimeout'](0, value) === socket, socket.listenerCount('timeout')]],
  ['setNoDelay', (socket, value) => socket.setNoDelay(value as boolean) === socket],
  ['setKeepAlive', (socket, value) => socket.setKeepAlive(value as boolean) === socket],
  ['setKeepAlive with a delay', (socket, value) => socket.setKeepAlive(true, value as number) === socket],
  ['setKeepAlive with an interval', (socket, value) => any(socket)['setKeepAlive'](true, 1000, value) === socket, { since: 24 }],
  ['setKeepAlive with a count', (socket, value) => any(socket)['setKeepAlive'](true, 1000, 1000, value) === socket, { since: 24 }],
  ['setEncoding', (socket, value) => [socket.setEncoding(value as BufferEncoding) === socket, socket.readableEncoding]],
  ['setDefaultEncoding', (socket, value) => socket.setDefaultEncoding(value as BufferEncoding) === socket],
  ['write', (socket, value) => socket.write(value as string)],
  ['write with an encoding', (socket, value) => socket.write('61', value as BufferEncoding)],
  ['write with a callback', (socket, value) => any(socket)['write']('61', 'utf8', value)],
  ['end', (socket, value) => socket.end(value as string) === socket],
  ['end with an encoding', (socket, value) => any(socket)['end']('61', value) === socket, { leaveOut: types.isProxy }],
  ['end with a callback', (socket, value) => any(socket)['end']('61', 'utf8', value) === socket],
  ['read', (socket, value) => socket.read(value as number) as unknown],
  ['unshift', (socket, value) => any(socket)['unshift'](value)],
  ['unshift with an encoding', (socket, value) => any(socket)['unshift']('61', value)],
  ['push', (socket, value) => socket.push(value), { leaveOut: (value) => value === null }],
  ['pipe', (socket, value) => socket.pipe(value as NodeJS.WritableStream) === value],
  ['unpipe', (socket, value) => socket.unpipe(value as NodeJS.WritableStream) === socket],
  ['on', (socket, value) => socket.on('x', value as () => void) === socket],
  ['on data', (socket, value) => socket.on('data', value as () => void) === socket],
  ['once', (socket, value) => socket.once('x', value as () => void) === socket],
  ['off', (socket, value) => socket.off('data', value as () => void) === socket],
  ['setMaxListeners', (socket, value) => [socket.setMaxListeners(value as number) === socket, socket.getMaxListeners()]],
  ['wrap', (socket, value) => any(socket)['wrap'](value) === socket, { leaveOut: (value) => typeof value !== 'string' }],
];

/** Those that go on living are looked at once more when what they did has happened. */
async function afterwards(t: Stage, label: string, socket: Socket): Promise<void> {
  t.note(label, 'then', socket.destroyed, socket.readable, socket.writable, socket.writableLength, socket.bytesWritten);
  socket.destroy();
  await t.turn(2);
}

for (const [name, call, { since, leaveOut } = {}] of CALLS) {
  const values = hostileBut((value) => isClass(value) || leaveOut?.(value) === true);
  // Up to Node 20, a socket that had never connected ended at once.
  const sinceOfNew = name.startsWith('end') ? 22 : since;
  scenario(`${name} and anything, on a new socket`, { media: ['tcp4'], ...(sinceOfNew && { since: sinceOfNew }) }, async (t) => {
    for (const [label, make] of values) {
      const socket = t.track(t.watch(new t.net.Socket(), label));
      t.attempt(name, () => call(socket, make()), label);
      await t.turn();
      await afterwards(t, label, socket);
    }
  });
  scenario(`${name} and anything, on a connection`, { media: ['tcp4', 'ipc'], ...(since && { since }) }, async (t) => {
    const server = await t.serve({ allowHalfOpen: true });
    for (const [label, make] of values) {
      const arrival = t.once<[Socket]>(server, 'connection');
      const socket = t.connect();
      const [[peer]] = await Promise.all([arrival, t.once(socket, 'connect')]);
      peer.on('error', () => {});
      t.watch(socket, label, { events: ['error', 'finish', 'end', 'close'] });
      t.attempt(name, () => call(socket, make()), label);
      await t.turn(2);
      await afterwards(t, label, socket);
      peer.destroy();
    }
  });
}

scenario('destroy with anything', async (t) => {
  for (const [label, make] of HOSTILE) {
    const socket = t.track(t.watch(new t.net.Socket(), label));
    t.attempt('destroy', () => socket.destroy(make() as Error) === socket, label);
    t.note(label, 'then', socket.destroyed);
    await t.turn(2);
    t.note(label, 'errored', socket.errored === null);
  }
});

scenario('the type of service of anything', { media: ['tcp4'], since: 26 }, (t) => {
  type Marked = Socket & { setTypeOfService(value: unknown): Socket; getTypeOfService(): number };
  tryAll(t, 'setTypeOfService', (value) => {
    const socket = t.track(new t.net.Socket()) as Marked;
    return [socket.setTypeOfService(value) === socket, socket.getTypeOfService()];
  });
});

const SERVER_CALLS: [name: string, call: (server: Server, value: unknown, t: Stage, lane: string) => unknown][] = [
  ['close', (server, value) => any(server)['close'](value) === server],
  ['getConnections', (server, value) => any(server)['getConnections'](value) === server],
  ['ref', (server) => server.ref() === server],
  ['address', (server) => typeof server.address()],
  ['on', (server, value) => server.on('x', value as () => void) === server],
];

for (const [name, call] of SERVER_CALLS) {
  scenario(`${name} and anything, on a server`, { media: ['tcp4', 'ipc'] }, async (t) => {
    for (const [label, make] of hostileBut((value) => isClass(value) || (name === 'getConnections' && typeof value !== 'function'))) {
      for (const isListening of [false, true]) {
        const server = t.net.createServer();
        if (isListening) await t.listen(server);
        t.watch(server, label, { events: ['close', 'error'] });
        t.attempt(`${name}${isListening ? ', listening' : ''}`, () => call(server, make(), t, label), label);
        await t.turn(2);
        if (server.listening) await new Promise((resolve) => server.close(resolve));
      }
    }
  });
}

scenario('getConnections without a callback', { media: ['tcp4'] }, (t) => {
  t.attempt('nothing', () => any(t.net.createServer())['getConnections']() !== undefined);
});
