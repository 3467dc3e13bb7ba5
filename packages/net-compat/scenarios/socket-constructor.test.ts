import { inherits, inspect } from 'node:util';
import * as nodeNet from 'node:net';
import { Duplex } from 'node:stream';
import type { Socket, SocketConstructorOpts } from 'node:net';
import { scenario } from './support/scenario.js';

const ONCE = { media: ['tcp4'] } as const;

/** What can be read off a socket that does nothing. */
const PROPERTIES = [
  'allowHalfOpen', 'bufferSize', 'bytesRead', 'bytesWritten', 'closed', 'connecting', 'destroyed', 'errored', 'localAddress', 'localFamily', 'localPort',
  'pending', 'readable', 'readableDidRead', 'readableEncoding', 'readableEnded', 'readableFlowing',
  'readableLength', 'readableObjectMode', 'readyState', 'remoteAddress', 'remoteFamily', 'remotePort', 'timeout', 'writable',
  'writableCorked', 'writableEnded', 'writableFinished', 'writableLength', 'writableNeedDrain', 'writableObjectMode',
] as const;

scenario('every property of a new socket', { ...ONCE, since: 22 }, (t) => {
  const socket = new t.net.Socket() as unknown as Record<string, unknown>;
  for (const name of PROPERTIES) t.log(name, socket[name]);
  t.log('address', (socket as unknown as Socket).address());
});

const OPTIONS: [string, object][] = [
  ['nothing', {}],
  ['allowHalfOpen', { allowHalfOpen: true }],
  ['allowHalfOpen that is only truthy', { allowHalfOpen: 1 }],
  ['readable false', { readable: false }],
  ['writable false', { writable: false }],
  ['both false', { readable: false, writable: false }],
  ['readable and writable undefined', { readable: undefined, writable: undefined }],
  ['highWaterMark', { highWaterMark: 10 }],
  ['highWaterMark of each side', { readableHighWaterMark: 5, writableHighWaterMark: 6 }],
  ['highWaterMark 0', { highWaterMark: 0 }],
  ['noDelay and keepAlive', { noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000 }],
  ['negative keepAliveInitialDelay', { keepAliveInitialDelay: -1 }],
  ['objectMode false', { objectMode: false, readableObjectMode: false, writableObjectMode: 0 }],
  ['pauseOnCreate without a handle', { pauseOnCreate: true }],
  ['emitClose and autoDestroy are not its to choose', { emitClose: true, autoDestroy: false }],
];

for (const [what, options] of OPTIONS) {
  scenario(`a socket made with ${what}`, ONCE, (t) => {
    const socket = new t.net.Socket(options);
    t.log('states', socket.readable, socket.writable, socket.readyState, socket.allowHalfOpen);
    t.log('flags', socket.readableEnded, socket.writableEnded, socket.writableFinished, socket.readableFlowing);
    if (what.startsWith('highWaterMark')) t.log('marks', socket.readableHighWaterMark, socket.writableHighWaterMark);
  });
}

const INVALID: [string, unknown][] = [
  ['objectMode', { objectMode: true }],
  ['readableObjectMode', { readableObjectMode: true }],
  ['writableObjectMode', { writableObjectMode: 'yes' }],
  ['both object modes', { readableObjectMode: 1, writableObjectMode: true }],
  ['keepAliveInitialDelay of text', { keepAliveInitialDelay: '1' }],
  ['keepAliveInitialDelay null', { keepAliveInitialDelay: null }],
  ['fd -1', { fd: -1 }],
  ['fd as a negative number', -1],
  ['fd 1.5', { fd: 1.5 }],
  ['fd of text', { fd: '3' }],
  ['fd null', { fd: null }],
  ['fd too large', { fd: 2 ** 31 }],
  ['fd that is not open', { fd: 2 ** 30 }],
  ['fd NaN', { fd: Number.NaN }],
  ['highWaterMark of text', { highWaterMark: 'a' }],
  ['highWaterMark negative', { highWaterMark: -5 }],
  ['readableHighWaterMark NaN', { readableHighWaterMark: Number.NaN }],
  ['signal that is none', { signal: 'stop' }],
  ['signal of a strange object', { signal: { on: true } }],
  ['blockList that is none', { blockList: {} }],
];

/** What Node 20 did not check. */
const NEW = /^(blockList|readableHighWaterMark)/;

for (const [what, options] of INVALID) {
  scenario(`the constructor and ${what}`, { ...ONCE, ...(NEW.test(what) && { since: 26 }) }, (t) => {
    t.attempt('new Socket', () => new t.net.Socket(options as SocketConstructorOpts) instanceof t.net.Socket);
    t.attempt('connect', () => (typeof options === 'object' ? t.track(t.net.connect({ ...options, port: 1, host: '127.0.0.1' } as nodeNet.NetConnectOpts).on('error', () => {})) instanceof t.net.Socket : 0));
  });
}

scenario('Socket without new', ONCE, (t) => {
  const make = t.net.Socket as unknown as (options?: object) => Socket;
  const socket = make({ allowHalfOpen: true });
  t.log('is one', socket instanceof t.net.Socket, socket.allowHalfOpen, socket.constructor === t.net.Socket);
});

scenario('a socket is an instance of the builtin classes', ONCE, (t) => {
  const socket = new t.net.Socket();
  const { Stream } = t.net as unknown as { Stream: typeof nodeNet.Socket };
  t.log('instanceof', socket instanceof nodeNet.Socket, socket instanceof Duplex, socket instanceof Stream);
  t.log('the class', t.net.Socket.name, Stream === t.net.Socket, Object.prototype.toString.call(socket));
});

scenario('inspect names the class', ONCE, (t) => {
  class Line extends t.net.Socket {}
  t.log('starts', inspect(new t.net.Socket()).slice(0, 8), inspect(new Line()).slice(0, 6));
});

scenario('the listeners that a new socket has', ONCE, (t) => {
  const socket = new t.net.Socket();
  t.log('names', socket.eventNames());
  for (const event of ['end', 'close', 'error', 'connect', 'finish', 'data']) t.log(event, socket.listenerCount(event));
});

scenario('a class that extends Socket', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  class Line extends t.net.Socket {
    received = '';
    constructor(options?: SocketConstructorOpts) {
      super(options);
      this.setEncoding('utf8');
      this.on('data', (text: string) => (this.received += text));
    }
    shout(): string {
      return this.received.toUpperCase();
    }
  }
  const line = t.watch(t.track(new Line()), 'line');
  line.connect(t.target());
  await t.closed(line);
  t.log('received', line.shout(), line instanceof Line, line instanceof t.net.Socket);
});

scenario('a function that inherits from Socket', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  function Line(this: Socket & { greeting: string }, options: object): void {
    (t.net.Socket as unknown as { call(self: Socket, options: object): void }).call(this, options);
    this.greeting = 'hi';
  }
  inherits(Line, t.net.Socket);
  const Class = Line as unknown as new (options: object) => Socket & { greeting: string };
  const line = t.watch(t.track(new Class({ allowHalfOpen: true })), 'line', { data: true });
  t.log('made', line.greeting, line instanceof Class, line instanceof t.net.Socket, line.allowHalfOpen);
  line.connect(t.target());
  await t.once(line, 'end');
  line.end('bye');
  await t.closed(line);
});

scenario('a class that replaces _write, _final and _destroy', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  class Line extends t.net.Socket {
    override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
      t.note('line', '_write', String(chunk), encoding);
      super._write(chunk, encoding, callback);
    }
    override _final(callback: (error?: Error | null) => void): void {
      t.note('line', '_final');
      super._final(callback);
    }
    override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
      t.note('line', '_destroy', error);
      super._destroy(error, callback as (error?: Error | null) => void);
    }
  }
  Line.prototype._writev = undefined;
  const line = t.watch(t.track(new Line()), 'line');
  line.connect(t.target());
  line.write('one');
  line.write('two');
  await t.once(line, 'connect');
  line.write('three');
  line.end('four');
  await t.closed(line);
});

scenario('a class that replaces _read', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  class Line extends t.net.Socket {
    reads = 0;
    override _read(size: number): void {
      this.reads++;
      super._read(size);
    }
  }
  const line = t.watch(t.track(new Line()), 'line', { data: true });
  line.connect(t.target());
  await t.closed(line);
  t.log('asked', line.reads > 0);
});

scenario('options are not changed, and only their own properties count', ONCE, (t) => {
  const options = Object.freeze({ allowHalfOpen: true });
  const inherited = Object.create({ allowHalfOpen: true, readable: false }) as object;
  t.log('frozen', new t.net.Socket(options).allowHalfOpen, Object.keys(options));
  const socket = new t.net.Socket(inherited);
  t.log('inherited', socket.allowHalfOpen, socket.readable);
});
