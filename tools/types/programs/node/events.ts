// ---- once and on
import { on, once } from 'node:events';
import * as net from 'net';
async function wait(): Promise<void> {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  await once(socket, 'close', { signal: AbortSignal.timeout(10) });
  for await (const [client] of on(server, 'connection')) (client as net.Socket).end();
}
wait();

// ---- an emitter
import { EventEmitter, getEventListeners, setMaxListeners } from 'node:events';
import * as net from 'net';
const emitter: EventEmitter = net.connect(1);
const other: NodeJS.EventEmitter = net.createServer();
getEventListeners(net.connect(1), 'data');
setMaxListeners(5, net.connect(1));

// ---- emitters in a list
import type { EventEmitter } from 'node:events';
import * as net from 'net';
const all: EventEmitter[] = [net.connect(1), net.createServer(), process];
for (const one of all) one.removeAllListeners();

// ---- an emitter by its events
import { EventEmitter } from 'node:events';
import * as net from 'net';
class Client extends EventEmitter {
  socket: net.Socket | null = null;
  connect(options: net.NetConnectOpts): this {
    this.socket = net.connect(options, () => this.emit('connect'));
    this.socket.on('data', (chunk: Buffer) => this.emit('message', chunk.toString()));
    this.socket.on('error', this.emit.bind(this, 'error'));
    this.socket.on('close', () => { this.socket = null; });
    return this;
  }
}
new Client().connect({ port: 1 });

// ---- signals
import * as net from 'net';
const controller = new AbortController();
new net.Socket({ signal: controller.signal });
net.connect({ port: 1, signal: controller.signal });
net.createServer().listen({ port: 1, signal: AbortSignal.timeout(5) });

// ---- promisify
import { promisify } from 'node:util';
import * as net from 'net';
const server = net.createServer();
const close = promisify(server.close.bind(server));
const count = promisify(server.getConnections.bind(server));
close().then(() => {});

// ---- timers
import * as net from 'net';
const socket = net.connect(1);
const timer: NodeJS.Timeout = setTimeout(() => socket.destroy(new Error('late')), 1000);
socket.once('connect', () => clearTimeout(timer));
setImmediate(() => socket.ref());

// ---- disposal
import * as net from 'net';
async function serve(): Promise<void> {
  const server = net.createServer();
  await server[Symbol.asyncDispose]();
  await net.connect(1)[Symbol.asyncDispose]();
}
serve();

// ---- using
import * as net from 'net';
async function serve(): Promise<void> {
  await using server = net.createServer().listen(0);
  await using socket = net.connect(1);
  server.ref();
  socket.ref();
}
serve();

// ---- names looked up by the builtin
import * as dns from 'node:dns';
import * as net from 'net';
net.connect({ port: 1, host: 'x', lookup: dns.lookup });
net.connect({ port: 1, host: 'x', lookup: (hostname, options, callback) => { dns.lookup(hostname, options, callback); }, hints: dns.ADDRCONFIG | dns.V4MAPPED });
const lookup: net.LookupFunction = (hostname, options, callback) => { dns.resolve4(hostname, (error, addresses) => { callback(error, addresses?.[0] ?? '', 4); }); };

// ---- local storage
import { AsyncLocalStorage } from 'node:async_hooks';
import * as net from 'net';
const storage = new AsyncLocalStorage<net.Socket>();
net.createServer((socket) => { storage.run(socket, () => storage.getStore()?.end()); });

// ---- inspect and assert
import assert from 'node:assert';
import { inspect } from 'node:util';
import * as net from 'net';
const address = net.createServer().address();
assert(address !== null && typeof address === 'object');
inspect(address.port);

// ---- tests
import { test, mock } from 'node:test';
import * as net from 'net';
test('x', async (t) => {
  const server = net.createServer();
  t.after(() => server.close());
  mock.method(net.Socket.prototype, 'write');
  mock.method(server, 'listen', () => server);
});
