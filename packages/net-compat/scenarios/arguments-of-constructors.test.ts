import type { Server, Socket } from 'node:net';
import { getDefaultHighWaterMark } from 'node:stream';
import { HOSTILE, hostileBut, tryAll, type Hostile } from './support/hostile.js';
import { scenario } from './support/scenario.js';
import { throwingGetter, throwingProxy } from './support/strange-objects.js';
import type { Stage } from './support/stage.js';

const ONCE = { media: ['tcp4'] } as const;

/** Options that not every Node knows, with the first major that does. */
const NEW: Readonly<Record<string, number | undefined>> = { blockList: 22, typeOfService: 24 };
const sinceOf = (option: string): { since?: number } => (NEW[option] === undefined ? {} : { since: NEW[option] });

const SOCKET_OPTIONS = [
  'allowHalfOpen', 'onread', 'readable', 'writable', 'signal', 'highWaterMark', 'readableHighWaterMark', 'writableHighWaterMark', 'noDelay', 'keepAlive',
  'keepAliveInitialDelay', 'typeOfService', 'TOS', 'blockList', 'objectMode', 'readableObjectMode', 'writableObjectMode', 'decodeStrings', 'defaultEncoding', 'encoding',
  'emitClose', 'autoDestroy', 'pauseOnCreate', 'manualStart', 'captureRejections', 'read', 'write', 'writev', 'final', 'destroy', 'construct', 'server', 'timeout',
] as const;

/** What is the default changed with Node 22. */
const mark = (bytes: unknown): unknown => (bytes === getDefaultHighWaterMark(false) ? 'the default' : bytes);

function lookAtSocket(socket: Socket): unknown[] {
  const { allowHalfOpen, readable, writable, readyState, readableHighWaterMark, writableHighWaterMark, readableEncoding, readableObjectMode, writableObjectMode, timeout } = socket;
  return [allowHalfOpen, readable, writable, readyState, mark(readableHighWaterMark), mark(writableHighWaterMark), readableEncoding, readableObjectMode, writableObjectMode, timeout, socket.destroyed, socket.connecting];
}

function made(t: Stage, options: unknown): Socket {
  const socket = new t.net.Socket(options as object);
  socket.on('error', () => {});
  return t.track(socket);
}

for (const option of SOCKET_OPTIONS) {
  scenario(`new Socket and anything as ${option}`, { ...ONCE, ...sinceOf(option) }, (t) => {
    tryAll(t, option, (value) => lookAtSocket(made(t, { [option]: value })));
    t.attempt('a getter that throws', () => lookAtSocket(made(t, throwingGetter(option))));
  });
}

/** Descriptors that are open are somebody's. */
const isDescriptor = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000;

scenario('new Socket and anything', ONCE, (t) => {
  tryAll(t, 'options', (value) => lookAtSocket(made(t, value)), hostileBut(isDescriptor));
  tryAll(t, 'fd', (fd) => lookAtSocket(made(t, { fd })), hostileBut(isDescriptor));
  t.attempt('a proxy that throws', () => lookAtSocket(made(t, throwingProxy())));
});

for (const part of ['buffer', 'callback'] as const) {
  scenario(`new Socket and anything as the ${part} of onread`, ONCE, (t) => {
    const other = part === 'buffer' ? { callback: () => true } : { buffer: Buffer.alloc(10) };
    tryAll(t, part, (value) => lookAtSocket(made(t, { onread: { ...other, [part]: value } })));
    tryAll(t, `${part} alone`, (value) => lookAtSocket(made(t, { onread: { [part]: value } })));
  });
}

const SERVER_OPTIONS = ['allowHalfOpen', 'pauseOnConnect', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'highWaterMark', 'blockList', 'captureRejections'] as const;

function lookAtServer(server: Server): unknown[] {
  const { allowHalfOpen, pauseOnConnect, noDelay, keepAlive, keepAliveInitialDelay, highWaterMark } = server as unknown as Record<string, unknown>;
  return [allowHalfOpen, pauseOnConnect, noDelay, keepAlive, keepAliveInitialDelay, mark(highWaterMark), server.listening, server.maxConnections, server.listenerCount('connection')];
}

type Create = (...args: unknown[]) => Server;

for (const option of SERVER_OPTIONS) {
  scenario(`createServer and anything as ${option}`, { ...ONCE, ...sinceOf(option) }, (t) => {
    const create = t.net.createServer as unknown as Create;
    tryAll(t, option, (value) => lookAtServer(create({ [option]: value })));
    t.attempt('a getter that throws', () => lookAtServer(create(throwingGetter(option))));
  });
}

scenario('createServer and anything', ONCE, (t) => {
  const create = t.net.createServer as unknown as Create;
  const Class = t.net.Server as unknown as new (...args: unknown[]) => Server;
  tryAll(t, 'options', (value) => lookAtServer(create(value)));
  tryAll(t, 'a listener', (value) => lookAtServer(create({}, value)));
  tryAll(t, 'a listener after one', (value) => lookAtServer(create(() => {}, value)));
  tryAll(t, 'new', (value) => lookAtServer(new Class(value)));
  t.attempt('a proxy that throws', () => lookAtServer(create(throwingProxy())));
});

const names: readonly Hostile[] = HOSTILE;

scenario('properties of a new socket set to anything', ONCE, (t) => {
  for (const property of ['allowHalfOpen', 'timeout', 'connecting', 'destroyed', 'readable', 'writable', 'server', 'readableFlowing'] as const) {
    for (const [label, make] of names.filter(([, value]) => typeof value() !== 'object' && typeof value() !== 'function')) {
      t.attempt(label, () => {
        const socket = new t.net.Socket() as unknown as Record<string, unknown>;
        socket[property] = make();
        return [socket[property], socket['pending'], socket['readyState']];
      }, property);
    }
  }
});

scenario('properties of a new server set to anything', ONCE, (t) => {
  for (const property of ['maxConnections', 'allowHalfOpen', 'pauseOnConnect', 'dropMaxConnection', '_connections', 'listening'] as const) {
    tryAll(t, property, (value) => {
      const server = t.net.createServer() as unknown as Record<string, unknown>;
      server[property] = value;
      return [server[property] === value, server['listening']];
    }, names);
  }
});
