// ---- [ours] a client
import { connect } from '@netstrata/net-compat/promises';
import { Socket } from 'net';
async function hello(): Promise<string> {
  const socket: Socket = await connect({ port: 7, host: 'example.org', connectTimeout: 1000, autoSelectFamilyAttemptTimeout: 100 });
  socket.setEncoding('utf8').end('hello');
  let all = '';
  for await (const text of socket) all += text;
  return all;
}
hello().then((text) => text.trim());
connect('/tmp/socket').then((socket) => socket.destroy());
connect(80).then((socket) => socket.destroy());
connect('80', 'example.org').then(({ remoteAddress }) => remoteAddress?.length);
connect({ path: '/tmp/socket', allowHalfOpen: true, noDelay: true }).catch((error: Error) => error.message);

// ---- [ours] a server
import { listen } from '@netstrata/net-compat/promises';
import type { AddressInfo, Server } from 'net';
async function start(): Promise<Server> {
  const server = await listen({ port: 0, host: 'localhost', backlog: 10, noDelay: true, idleTimeout: 1000, connectionListener: (socket) => { socket.end(); } });
  server.idleTimeout = 10;
  const { port } = server.address() as AddressInfo;
  await listen();
  await listen(port);
  await listen(port, 'localhost');
  await listen({ path: '/tmp/socket', reclaim: true });
  await listen('/tmp/socket');
  return server;
}
start().then((server) => server.close());

// ---- [ours] a loop over connections
import { listen } from '@netstrata/net-compat/promises';
import { createServer, Server, Socket } from 'net';
async function serveAll(server: Server): Promise<void> {
  for await (const socket of server) {
    const one: Socket = socket;
    one.pipe(socket);
  }
}
serveAll(createServer());
async function first(): Promise<Socket | undefined> {
  for await (const socket of await listen({ port: 0 })) return socket;
  const { value } = await createServer()[Symbol.asyncIterator]().next();
  return value;
}
first();

// ---- [ours] handlers
import { closeAllConnections, close, listen, serve, type Handler, type ServeOptions } from '@netstrata/net-compat/promises';
import type { Socket } from 'net';
const echo: Handler = async (socket) => { for await (const chunk of socket) socket.write(chunk); };
const options: ServeOptions = { concurrency: 10, onError: (error, socket) => { if (socket !== null && error instanceof Error) socket.destroy(error); } };
async function main(): Promise<number> {
  const server = await listen();
  const served: Promise<void> = serve(server, echo, options);
  serve(server, (socket) => { socket.end(); });
  serve(server, async (socket: Socket, { signal }) => {
    if (signal.aborted) socket.end();
    signal.addEventListener('abort', () => { socket.end(); }, { once: true });
  });
  const cut: number = closeAllConnections(server);
  const { finished, destroyed } = await close(server, { grace: 5000, isIdle: (socket) => socket.bytesRead === 0 });
  await close(server);
  await served;
  return finished + destroyed + cut;
}
main();

// ---- [ours] handlers that are methods, and what they are called with
import { serve, type ServeContext, type ServeOptions, type Handler } from '@netstrata/net-compat/promises';
import { createServer, type Server, type Socket } from 'net';
class Service {
  constructor(private readonly server: Server, private readonly options?: ServeOptions) {}
  run(): Promise<void> { return serve(this.server, this.handle.bind(this), this.options); }
  private async handle(socket: Socket, context: ServeContext): Promise<void> { if (!context.signal.aborted) socket.end(); }
}
const also: Handler = (socket) => socket.end();
new Service(createServer()).run();

// ---- [ours] promises of one's own net
import { closeAllConnections, promisesOf, type NetPromises } from '@netstrata/net-compat/core-promises';
import { createNet, type Behaviour, type Net, type NetOptions } from '@netstrata/net-compat/core';
const behaviour: Behaviour = { autoSelectFamily: 'race', autoSelectFamilyAttemptTimeout: 100 };
const options: NetOptions = { behaviour };
const own: Net = createNet(options);
const { connect, listen }: NetPromises = promisesOf(own);
const again: NetPromises | undefined = own.promises;
async function main(): Promise<void> {
  const server = await listen({ port: 80 });
  const socket = await connect({ port: 80, host: 'here', autoSelectFamily: false });
  await again?.connect('/tmp/socket');
  socket.end();
  closeAllConnections(server);
}
main();
createNet({ behaviour: { autoSelectFamily: 'race' } });

// ---- [ours] the promises of the default net
import net from 'net';
import type { NetPromises } from '@netstrata/net-compat/promises';
const promises: NetPromises | undefined = net.promises;

// ---- [ours] a deadline, and attempts that overlap
import * as net from 'net';
net.connect({ port: 80, host: 'example.org', connectTimeout: 1000, autoSelectFamily: 'race', autoSelectFamilyAttemptTimeout: 100 });
net.createConnection({ path: '/tmp/socket', connectTimeout: 1000 }, () => {});
new net.Socket().connect({ port: 80, autoSelectFamily: 'race', connectTimeout: 1 });
const tcp: net.TcpNetConnectOpts = { port: 80, autoSelectFamily: true, connectTimeout: 1 };
const path: net.IpcNetConnectOpts = { path: '/tmp/socket', connectTimeout: 1 };
const either: net.NetConnectOpts = { port: 80, connectTimeout: 1 };
const all: net.SocketConnectOpts[] = [{ port: 80, connectTimeout: 1 }, { path: '/tmp/socket', connectTimeout: 1 }];
const ours: net.ConnectOptions = { ...tcp, autoSelectFamily: 'race' };
net.connect(tcp).connect(either).connect(ours);

// ---- [ours] options that there are not
import * as net from 'net';
net.connect({ port: 80, autoSelectFamily: 'races' }); // error
net.connect({ port: 80, connectTimeout: '1s' }); // error
net.createServer({ idleTimeout: '1s' }); // error

// ---- [ours] sockets of a server that end when they are idle
import * as net from 'net';
const options: net.ServerOpts = { idleTimeout: 1000 };
net.createServer({ idleTimeout: 1000 }, (socket) => { socket.on('timeout', () => socket.end()); });
const server = new net.Server(options);
server.idleTimeout = 1;

// ---- [ours] a path that is taken back
import * as net from 'net';
const options: net.ListenOptions = { path: '/tmp/socket', reclaim: true };
net.createServer().listen({ path: '/tmp/socket', reclaim: true }, () => {});
net.createServer().listen(options);

// ---- [ours] code that takes either kind of promise
import { connect } from '@netstrata/net-compat/promises';
import type { Socket } from 'net';
type Dial = (port: number, host: string) => Promise<Socket>;
const dial: Dial = connect;
const retried = async (times: number): Promise<Socket> => {
  for (let i = 1; i < times; i++) await dial(80, 'example.org').catch((error: Error & { code?: string }) => { if (error.code !== 'ETIMEDOUT') throw error; });
  return dial(80, 'example.org');
};
retried(3);

// ---- [ours] sockets and servers that go with their block
import { connect, listen } from '@netstrata/net-compat/promises';
async function main(): Promise<void> {
  await using server = await listen({ port: 80 });
  await using socket = await connect(80);
  for await (const one of server) one.end(`${socket.bytesRead}`);
}
main();

// ---- [ours] promises that are required
import promises = require('@netstrata/net-compat/promises');
promises.connect(80).then((socket) => socket.end());
