// ---- a listener of connections
import * as net from 'net';
const server: net.Server = net.createServer((socket) => { socket.end('hello'); });
server.listen(0);

// ---- options
import * as net from 'net';
net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10 }, (socket) => { socket.resume(); });

// ---- [since 22] a mark for its sockets
import * as net from 'net';
net.createServer({ highWaterMark: 1024 });

// ---- a class
import { Server } from 'net';
new Server().listen(0);
new Server((socket) => { socket.end(); });
new Server({ allowHalfOpen: false }, (socket) => { socket.end(); });

// ---- forms of listen
import * as net from 'net';
const server = net.createServer();
server.listen();
server.listen(() => {});
server.listen(80);
server.listen(80, () => {});
server.listen(80, 'localhost');
server.listen(80, 'localhost', () => {});
server.listen(80, 511);
server.listen(80, 511, () => {});
server.listen(80, 'localhost', 511, () => {});
server.listen('/tmp/socket');
server.listen('/tmp/socket', () => {});
server.listen('/tmp/socket', 511, () => {});
server.listen({ port: 80, host: 'localhost', exclusive: true, ipv6Only: true, backlog: 5 }, () => {});
server.listen({ path: '/tmp/socket', readableAll: true, writableAll: true });

// ---- a handle or a descriptor
import * as net from 'net';
net.createServer().listen({ fd: 3 });
net.createServer().listen(net.createServer(), () => {});

// ---- the port that it got
import * as net from 'net';
const server = net.createServer().listen(0, () => {
  const { port, address, family } = server.address() as net.AddressInfo;
  const all: string = `${address}:${port.toFixed()} ${family}`;
});

// ---- its address, asked with care
import * as net from 'net';
function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
portOf(net.createServer());

// ---- closing
import * as net from 'net';
const server = net.createServer();
server.close();
server.close((error) => { if (error) throw error; }).unref().ref();

// ---- counting
import * as net from 'net';
const server = net.createServer();
server.getConnections((error, count) => { if (error === null) count.toFixed(); });
server.maxConnections = 10;
const listening: boolean = server.listening;

// ---- a promise of listening
import { createServer, type AddressInfo, type Server } from 'net';
const start = (server: Server): Promise<AddressInfo> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => { resolve(server.address() as AddressInfo); });
});
start(createServer());

// ---- the sockets of a server
import * as net from 'net';
const sockets = new Set<net.Socket>();
net.createServer((socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}).listen(0);
for (const socket of sockets) socket.destroy();

// ---- a handler with a type
import * as net from 'net';
function handle(socket: net.Socket): void { socket.end(); }
net.createServer(handle).on('connection', handle);

// ---- an async handler
import * as net from 'net';
net.createServer(async (socket) => { for await (const chunk of socket) socket.write(chunk); });

// ---- an address in use
import * as net from 'net';
const server = net.createServer();
server.on('error', (error: Error & { code?: string }) => { if (error.code === 'EADDRINUSE') server.close(); });

// ---- what was dropped
import * as net from 'net';
const server = net.createServer();
server.maxConnections = 1;
server.on('drop', (data) => { const from: string | undefined = data?.remoteAddress; });
server.on('drop', (data?: net.DropArgument) => {});

// ---- a chat
import { createServer, Socket } from 'net';
const clients: Socket[] = [];
const server = createServer((client) => {
  clients.push(client);
  client.setEncoding('utf8');
  client.on('data', (text) => { for (const other of clients) if (other !== client) other.write(text); });
  client.on('end', () => { clients.splice(clients.indexOf(client), 1); });
});
server.listen({ host: '::', port: 5000 });

// ---- a class around a server
import * as net from 'net';
class Service {
  private readonly server: net.Server;
  private readonly open = new Map<net.Socket, number>();
  constructor(options: net.ServerOpts = {}) {
    this.server = net.createServer(options, this.accept.bind(this));
  }
  private accept(socket: net.Socket): void {
    this.open.set(socket, 0);
    socket.on('data', this.data.bind(this, socket)).on('close', (hadError) => { if (hadError) this.open.delete(socket); });
  }
  private data(socket: net.Socket, bytes: Uint8Array): void { this.open.set(socket, (this.open.get(socket) ?? 0) + bytes.length); }
  listen(options: net.ListenOptions): this { this.server.listen(options); return this; }
  stop(): Promise<void> { return new Promise((resolve, reject) => { this.server.close((error) => { if (error) reject(error); else resolve(); }); }); }
}
new Service({ noDelay: true }).listen({ port: 1 }).stop();

// ---- [since 22] addresses that are refused
import * as net from 'net';
const blockList = new net.BlockList();
blockList.addSubnet('10.0.0.0', 8);
net.createServer({ blockList });

// ---- [since 24] addresses that are not connected to
import * as net from 'net';
const blockList = new net.BlockList();
net.connect({ port: 1, blockList });
new net.Socket({ blockList });

// ---- [since 24] a socket that is bound
import * as net from 'net';
const bound = new net.BoundSocket({ port: 0, host: '127.0.0.1', ipv6Only: false, reusePort: true });
bound.address();
const fd: number = bound.fd();
net.createServer().listen(bound);
net.createServer().listen({ handle: bound });
new net.Socket({ handle: new net.BoundSocket() });
bound.close();
