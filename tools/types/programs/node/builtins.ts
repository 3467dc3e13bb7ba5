// ---- tls over a socket
import * as tls from 'node:tls';
import * as net from 'net';
const secure = tls.connect({ socket: net.connect(443, 'x'), servername: 'x' }, () => {});
secure.authorized;

// ---- a TLSSocket of a socket
import { TLSSocket } from 'node:tls';
import * as net from 'net';
new TLSSocket(net.connect(1), { isServer: true });
net.createServer((socket) => { new TLSSocket(socket); });

// ---- a TLSSocket is a socket
import * as tls from 'node:tls';
import * as net from 'net';
const socket: net.Socket = tls.connect(443);
const dial = (secure: boolean): net.Socket => (secure ? tls.connect(443, 'x') : net.connect(80, 'x'));
let either: net.Socket | tls.TLSSocket = dial(true);
if (either instanceof tls.TLSSocket) either.getPeerCertificate();
function use(what: net.Socket): void { what.setKeepAlive(true).end(); }
use(new tls.TLSSocket(either));

// ---- starting tls
import * as tls from 'node:tls';
import * as net from 'net';
class Client {
  socket: net.Socket = net.connect(25);
  upgrade(): void {
    this.socket.removeAllListeners('data');
    this.socket = tls.connect({ socket: this.socket });
    this.socket.once('secureConnect', () => {});
  }
}
new Client().upgrade();

// ---- http servers are servers
import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import * as net from 'net';
const servers: net.Server[] = [http.createServer(), https.createServer({}), tls.createServer(), net.createServer()];
for (const server of servers) server.listen(0);
const stop = (server: net.Server): Promise<void> => new Promise((resolve) => { server.close(() => { resolve(); }); });
stop(http.createServer());

// ---- sockets of http
import * as http from 'node:http';
import * as net from 'net';
const sockets = new Set<net.Socket>();
const server = http.createServer((request, response) => { const socket: net.Socket = request.socket; response.end(socket.remoteAddress); });
server.on('connection', (socket: net.Socket) => { sockets.add(socket); });
server.on('connection', (socket) => { sockets.add(socket); });
server.on('upgrade', (request, socket, head) => { (socket as net.Socket).setNoDelay(); });
server.on('clientError', (error, socket) => { socket.end('HTTP/1.1 400\r\n\r\n'); });

// ---- http over a socket
import * as http from 'node:http';
import * as net from 'net';
http.get({ createConnection: () => net.connect(80, 'x') });
http.request({ host: 'x', createConnection: (options, callback) => net.connect({ port: 80, host: 'x' }) }).end();
http.request({ agent: false, createConnection: () => net.createConnection('/var/run/docker.sock') });

// ---- an agent of one's own
import * as http from 'node:http';
import * as net from 'net';
class Agent extends http.Agent {
  createConnection(options: http.ClientRequestArgs): net.Socket { return net.connect({ port: Number(options.port ?? 80), host: options.host ?? 'x' }); }
}
http.get({ agent: new Agent({ keepAlive: true }) });

// ---- an agent of https
import * as https from 'node:https';
import * as tls from 'node:tls';
import * as net from 'net';
class Agent extends https.Agent {
  createConnection(): net.Socket { return tls.connect({ socket: net.connect(443), servername: 'x' }); }
}
https.get({ agent: new Agent() });

// ---- giving connections to http
import * as http from 'node:http';
import * as net from 'net';
const web = http.createServer();
net.createServer((socket) => { web.emit('connection', socket); }).listen(80);

// ---- a tunnel
import * as http from 'node:http';
import * as net from 'net';
http.createServer().on('connect', (request, client, head) => {
  const upstream = net.connect(443, 'x', () => { client.write('HTTP/1.1 200\r\n\r\n'); upstream.write(head); upstream.pipe(client); client.pipe(upstream); });
  upstream.on('error', () => client.end());
});

// ---- a tunnel's other end
import * as http from 'node:http';
import * as tls from 'node:tls';
import * as net from 'net';
http.request({ method: 'CONNECT' }).on('connect', (response, socket: net.Socket) => { tls.connect({ socket }); });

// ---- http2 over a socket
import * as http2 from 'node:http2';
import * as net from 'net';
http2.connect('http://x', { createConnection: () => net.connect(80, 'x') });
http2.connect('http://x', { createConnection: (authority) => net.connect(Number(authority.port), authority.hostname) }).socket;

// ---- http2 on connections
import * as http2 from 'node:http2';
import * as net from 'net';
const server = http2.createServer();
net.createServer((socket) => server.emit('connection', socket));
server.on('session', (session) => { const socket: net.Socket = session.socket as net.Socket; });
http2.performServerHandshake;

// ---- a socket for a child
import { fork } from 'node:child_process';
import * as net from 'net';
const child = fork('x');
const server = net.createServer({ pauseOnConnect: true }, (socket) => { child.send('socket', socket); });
child.send('server', server);
child.send({ a: 1 }, net.connect(1), { keepOpen: true });
child.on('message', (message, handle) => { if (handle instanceof net.Socket) handle.end(); });
process.on('message', (message, handle) => { (handle as net.Socket | undefined)?.resume(); });

// ---- the streams of a child
import { spawn } from 'node:child_process';
import * as net from 'net';
net.createServer((socket) => {
  const child = spawn('sh');
  socket.pipe(child.stdin);
  child.stdout.pipe(socket);
  child.stderr.pipe(socket);
});
spawn('sh', { stdio: [net.connect(1), 'pipe', 'inherit'] });

// ---- the standard streams are sockets at times
import * as net from 'net';
const input: net.Socket | typeof process.stdin = process.stdin;
if (process.stdout instanceof net.Socket) process.stdout.unref();

// ---- cluster
import cluster from 'node:cluster';
import * as net from 'net';
if (cluster.isPrimary) cluster.fork().send('x', net.createServer());
else net.createServer((socket) => { socket.end(String(cluster.worker?.id)); }).listen(80);

// ---- ttys
import * as tty from 'node:tty';
import * as net from 'net';
const socket: net.Socket = new tty.ReadStream(0);
const output: net.Socket = new tty.WriteStream(1);

// ---- the repl over a socket
import * as repl from 'node:repl';
import * as net from 'net';
net.createServer((socket) => { repl.start({ prompt: '> ', input: socket, output: socket }).on('exit', () => socket.end()); }).listen('/tmp/repl');

// ---- channels of diagnostics
import { channel } from 'node:diagnostics_channel';
import * as net from 'net';
channel('net.client.socket').subscribe((message) => { const { socket } = message as { socket: net.Socket }; socket.ref(); });

// ---- a console on a socket
import { Console } from 'node:console';
import * as net from 'net';
new Console(net.connect(1)).log('x');
new Console({ stdout: net.connect(1), stderr: net.connect(2) });

// ---- hashing what arrives
import { createHash } from 'node:crypto';
import * as net from 'net';
net.connect(1).pipe(createHash('sha256')).on('data', () => {});

// ---- a proxy that waits
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import * as net from 'net';
net.createServer(async (client) => {
  const upstream = net.connect({ port: 80, host: 'x' });
  await once(upstream, 'connect');
  await sleep(10);
  client.pipe(upstream);
  upstream.pipe(client);
  await Promise.race([once(client, 'close'), once(upstream, 'close')]);
}).listen();

// ---- a response over a socket
import { IncomingMessage, ServerResponse } from 'node:http';
import * as net from 'net';
const socket = new net.Socket();
const request = new IncomingMessage(socket);
const response = new ServerResponse(request);
response.assignSocket(socket);
response.detachSocket(socket);

// ---- a pool
import * as net from 'net';
class Pool {
  private readonly idle: net.Socket[] = [];
  private readonly waiting: ((socket: net.Socket) => void)[] = [];
  constructor(private readonly options: net.NetConnectOpts, private readonly max = 10) {}
  async take(): Promise<net.Socket> {
    const socket = this.idle.pop();
    if (socket !== undefined && !socket.destroyed) return socket.ref();
    return new Promise((resolve, reject) => {
      const made = net.createConnection(this.options, () => { made.removeListener('error', reject); resolve(made); });
      made.setNoDelay(true).setKeepAlive(true, 60_000).once('error', reject);
    });
  }
  give(socket: net.Socket): void { if (this.idle.length < this.max) this.idle.push(socket.unref()); else socket.destroySoon(); }
}
new Pool({ port: 1 }).take();

// ---- frames
import { Transform, type TransformCallback } from 'node:stream';
import * as net from 'net';
class Frames extends Transform {
  private rest = Buffer.alloc(0);
  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    while (this.rest.length >= 4 && this.rest.length >= 4 + this.rest.readUInt32BE(0)) {
      this.push(this.rest.subarray(4, 4 + this.rest.readUInt32BE(0)));
      this.rest = this.rest.subarray(4 + this.rest.readUInt32BE(0));
    }
    callback();
  }
}
net.createServer((socket) => { socket.pipe(new Frames()).on('data', (frame: Buffer) => socket.write(frame)); });

// ---- finding a port
import { createServer, type AddressInfo } from 'net';
export async function freePort(host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.on('error', reject);
    server.listen({ port: 0, host }, () => {
      const { port } = server.address() as AddressInfo;
      server.close((error) => (error ? reject(error) : resolve(port)));
    });
  });
}

// ---- waiting for a port
import { Socket } from 'net';
export const isOpen = (port: number, timeout = 1000): Promise<boolean> => new Promise((resolve) => {
  const socket = new Socket();
  const done = (open: boolean) => () => { socket.destroy(); resolve(open); };
  socket.setTimeout(timeout).once('connect', done(true)).once('timeout', done(false)).once('error', done(false)).connect(port, '127.0.0.1');
});

// ---- the header of a proxy
import * as net from 'net';
function onHeader(socket: net.Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    socket.once('readable', () => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      const end = chunk.indexOf('\r\n');
      socket.unshift(chunk.subarray(end + 2));
      resolve(chunk.subarray(0, end));
    });
  });
}
net.createServer((socket) => { onHeader(socket).then((line) => line.toString('latin1')); });
