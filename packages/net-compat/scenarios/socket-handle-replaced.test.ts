import { getSystemErrorMap } from 'node:util';
import type { Server, Socket } from 'node:net';
import { scenario } from './support/scenario.js';

/*
 * What tests and tracing tools do to the handle of a socket.
 */

type Method = (...args: unknown[]) => unknown;

interface Handle {
  [name: string]: unknown;
  onread: Method;
  close: Method;
}

const handleOf = (owner: Socket | Server): Handle => (owner as unknown as { _handle: Handle })._handle;

function setHandle(socket: Socket, handle: Handle): void {
  (socket as unknown as { _handle: Handle })._handle = handle;
}

/** A method does what it does, and gives nothing back. */
function silence(handle: Handle, names: readonly string[]): void {
  for (const name of names) {
    const method = handle[name] as Method | undefined;
    if (method !== undefined) handle[name] = (...args: unknown[]) => void method.apply(handle, args);
  }
}

scenario('a handle that does not connect, and says nothing', { media: ['tcp4', 'tcp6'], patience: 1000 }, async (t) => {
  const server = await t.serve();
  const client = t.watch(t.connect(), 'client');
  client.on('connectionAttempt', () => {
    const handle = handleOf(client);
    t.note('client', 'has a handle', handle !== null, typeof handle.connect);
    handle.connect = handle.connect6 = (request: unknown) => {
      t.note('client', 'was told to connect', typeof (request as { oncomplete: unknown }).oncomplete);
    };
  });
  await t.turn(3);
  t.log('still', client.connecting, client.destroyed);
  client.destroy();
  await t.closed(client);
  server.close();
});

scenario('a request to connect that a tool answers', { media: ['tcp4', 'tcp6'], patience: 1000 }, async (t) => {
  const server = await t.serve();
  const client = t.watch(t.connect(), 'client');
  client.on('connectionAttempt', () => {
    const handle = handleOf(client);
    handle.connect = handle.connect6 = (request: unknown) => {
      setImmediate(() => (request as { oncomplete: Method }).oncomplete(0, handle, request, true, true));
    };
    handle['readStart'] = () => 0;
  });
  await t.once(client, 'ready');
  t.log('connected', client.connecting, client.readyState);
  client.destroy();
  await t.closed(client);
  server.close();
});

scenario('methods of a handle that give nothing back', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(client, 'client', { data: true });
  silence(handleOf(client), ['readStart', 'readStop', 'setNoDelay', 'setKeepAlive', 'ref', 'unref']);
  client.setNoDelay(true).unref().ref();
  client.pause();
  client.resume();
  peer.end('hello');
  await t.closed(client);
  server.close();
});

scenario('a close that is wrapped, and calls back without this', async (t) => {
  const { client, server } = await t.pair();
  t.watch(client, 'client');
  const handle = handleOf(client);
  const { close } = handle;
  handle.close = (done: unknown) => close.call(handle, () => { (done as Method)(); });
  client.destroy();
  await t.closed(client);
  t.log('closed', client.destroyed);
  server.close();
});

scenario('what is put in the place of onread stays there', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(client, 'client', { data: true });
  const handle = handleOf(client);
  const { onread } = handle;
  let calls = 0;
  handle.onread = function (this: unknown, ...args: unknown[]) {
    calls++;
    return onread.apply(this, args);
  };
  client.pause();
  client.resume();
  peer.end('hello');
  await t.closed(client);
  t.log('called', typeof onread, calls > 0);
  server.close();
});

scenario('a socket that is given the handle of another, which goes on receiving', async (t) => {
  const { client, peer, server } = await t.pair();
  t.watch(client, 'client', { data: true });
  const other = t.track(new t.net.Socket());
  setHandle(other, handleOf(client));
  t.log('same', handleOf(other) === handleOf(client), other.remoteFamily === client.remoteFamily);
  const heard = t.once<[Buffer]>(peer, 'data');
  other.write('from the other');
  t.log('peer', String((await heard)[0]));
  peer.end('to the first');
  await t.once(client, 'end');
  client.destroy();
  await t.closed(client);
  server.close();
});

scenario('an object that stands in for a handle', { media: ['tcp4'] }, async (t) => {
  const { streamBaseState, kReadBytesOrError } = (process as unknown as { binding(name: string): { streamBaseState: Int32Array; kReadBytesOrError: number } }).binding('stream_wrap');
  const { UV_EOF } = (process as unknown as { binding(name: string): { UV_EOF: number } }).binding('uv');
  const fake = { readStart() { t.log('readStart'); }, close(done: Method) { t.log('close'); setImmediate(done); }, setNoDelay: null, setKeepAlive: undefined } as unknown as Handle;
  const socket = t.track(t.watch(new t.net.Socket({ handle: fake, readable: true, writable: true, allowHalfOpen: true } as object), 'socket'));
  t.attempt('setNoDelay', () => socket.setNoDelay(true) === socket);
  t.attempt('setKeepAlive', () => socket.setKeepAlive(true) === socket);
  t.attempt('ref', () => socket.ref() === socket);
  t.attempt('unref', () => socket.unref() === socket);
  socket.resume();
  await t.turn();
  streamBaseState[kReadBytesOrError] = UV_EOF;
  fake.onread();
  await t.once(socket, 'end');
  socket.destroy();
  await t.closed(socket);
});

/** libuv's number of it, which is the system's own. */
const EINVAL = [...getSystemErrorMap()].find(([, [name]]) => name === 'EINVAL')![0];

scenario('a server whose handle cannot say where it is', { media: ['tcp4'] }, async (t) => {
  const server = await t.serve();
  handleOf(server)['getsockname'] = () => EINVAL;
  t.attempt('address', () => server.address());
  server.close();
  await t.closed(server);
});

scenario('a handle that is closed past its socket', { media: ['tcp4', 'tcp6'] }, async (t) => {
  await t.serve();
  const client = t.connect();
  client.on('error', (error: NodeJS.ErrnoException) => { t.note('client', 'error', error.code, error.syscall); });
  client.on('connect', () => { handleOf(client).close(); });
  await t.once(client, 'error');
  t.log('state', client.destroyed);
});

/** Not told of what was not set, and not compared: it is undefined on a socket of the builtin that is writable. */
const OTHERWISE = new Set(['writable']);

scenario('the fields of the states of a socket', { media: ['tcp4'] }, async (t) => {
  const { client, server } = await t.pair();
  const fields = (state: object): string[] => {
    const found = new Set<string>();
    for (let at: object = state; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) for (const name of Object.getOwnPropertyNames(at)) found.add(name);
    return [...found];
  };
  const reference = new (process.getBuiltinModule('net').Socket)();
  for (const name of ['_readableState', '_writableState'] as const) {
    const theirs = (reference as unknown as Record<string, Record<string, unknown>>)[name];
    const state = (client as unknown as Record<string, Record<string, unknown>>)[name];
    for (const field of fields(theirs).filter((one) => !OTHERWISE.has(one)).sort()) t.log(`${name}.${field}`, field in state, typeof state[field]);
  }
  client.destroy();
  await t.closed(client);
  server.close();
});

scenario('how much is being written', { media: ['tcp4'] }, async (t) => {
  const { client, peer, server } = await t.pair();
  peer.pause();
  const state = (client as unknown as { _writableState: { writelen: number; length: number; allBuffers: boolean; allNoop: boolean } })._writableState;
  t.log('nothing', state.writelen, state.allBuffers, state.allNoop);
  while (client.write(Buffer.alloc(1_000_000))) await t.turn();
  const { length } = state;
  t.log('the one that waits', state.writelen === length);
  client.write('text', () => {});
  t.log('and others', state.writelen === length, state.allBuffers, state.allNoop);
  client.destroy();
  await t.closed(client);
  server.close();
});
