// ---- [ours] readers of the streams of Node
import { Duplex, PassThrough, Readable } from 'node:stream';
import * as tls from 'node:tls';
import * as builtin from 'node:net';
import { createReadStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import * as net from 'net';
import { reader } from '@netstrata/stream-core/reader';
const sources: Readable[] = [Readable.from([]), new PassThrough(), tls.connect(443), builtin.connect(1), createReadStream('x'), process.stdin];
for (const source of sources) reader(source).release();
reader(net.connect(1));
reader(builtin.connect(1));
reader(tls.connect(443), { signal: AbortSignal.timeout(100) });
reader(new tls.TLSSocket(new Duplex()));
reader(process.stdin);
reader(spawn('x').stdout);
createServer((incoming) => { reader(incoming).readLine(); });
request('http://example.org', (answer) => { reader(answer).read(); }).on('connect', (_answer, socket, head) => { socket.unshift(head); reader(socket); });
declare const readable: NodeJS.ReadableStream & Readable;
reader(readable);

// ---- [ours] bytes as Buffers
import { ByteReader, reader } from '@netstrata/stream-core/reader';
import * as net from 'net';
const bytes = new ByteReader();
bytes.push(Buffer.from('x'));
net.connect(1).on('data', (chunk: Buffer) => { bytes.push(chunk); });
async function read(): Promise<Buffer> {
  return Buffer.from((await reader(net.connect(1)).readExactly(4)) ?? []);
}
read();

// ---- [ours] STARTTLS
import * as tls from 'node:tls';
import { connect } from '@netstrata/net-compat/promises';
import { reader } from '@netstrata/stream-core/reader';
async function secure(): Promise<string | null> {
  const socket = await connect(25, 'example.org');
  const r = reader(socket);
  await r.readLine();
  socket.write('STARTTLS\r\n');
  await r.readLine();
  r.release();
  return reader(tls.connect({ socket })).readLine();
}
secure();

// ---- [ours] signals
import { close, connect, listen, serve } from '@netstrata/net-compat/promises';
async function main(): Promise<void> {
  const { signal } = new AbortController();
  const server = await listen({ port: 0, signal });
  const socket = await connect({ port: 1, signal: AbortSignal.timeout(100) });
  await serve(server, async (one, context) => { await fetch('http://example.org', { signal: context.signal }); one.end(); }, { signal });
  await close(server, { signal });
  socket.end();
}
main();

// ---- [ours] a deadline of requests, under register
import * as https from 'node:https';
import * as tls from 'node:tls';
const options = { host: 'example.org', port: 443, connectTimeout: 1000 };
https.get(options);
tls.connect(options);

// ---- [ours] sockets and servers that are disposed of
import { connect, listen } from '@netstrata/net-compat/promises';
import * as net from 'net';
async function main(): Promise<void> {
  await using server = await listen();
  await using socket = await connect((server.address() as net.AddressInfo).port);
  socket.write('x');
}
main();
const all: AsyncDisposable[] = [net.createServer(), net.connect(1)];

// ---- [ours] any server is a loop
import * as builtin from 'node:net';
import * as http from 'node:http';
import * as net from 'net';
async function all(server: net.Server): Promise<void> {
  for await (const socket of server) socket.end().setKeepAlive({ enable: true });
}
all(http.createServer());
all(builtin.createServer());

// ---- [ours] servers and sockets of the builtin
import * as builtin from 'node:net';
import * as http from 'node:http';
import { connect, listen, serve, close, closeAllConnections } from '@netstrata/net-compat/promises';
async function main(): Promise<void> {
  const server: builtin.Server = await listen();
  const socket: builtin.Socket = await connect(1);
  const web = http.createServer();
  await close(web, { grace: 1000 });
  closeAllConnections(web);
  new http.Agent().createConnection;
  socket.end();
  server.close();
}
main();

// ---- [ours] a process that ends
import { close, listen, serve } from '@netstrata/net-compat/promises';
import { once } from 'node:events';
async function main(): Promise<void> {
  const server = await listen({ port: 80 });
  void serve(server, async (socket, { signal }) => {
    await once(socket, 'data', { signal });
    socket.end('x');
  });
  process.once('SIGTERM', () => { close(server, { grace: 5000 }).then(({ destroyed }) => { process.exitCode = destroyed > 0 ? 1 : 0; }); });
}
main();

// ---- [ours] who asked a server of http
import { createServer } from 'node:http';
import { clientAddress, rateLimitKey, type ClientRequest } from '@netstrata/ip-utils/client-address';
createServer((request, answer) => {
  const { address } = clientAddress(request, { trust: ['loopback', 'private'] });
  const { hops } = clientAddress({ remoteAddress: request.socket.remoteAddress, headers: request.headersDistinct });
  answer.end(rateLimitKey(address) ?? hops[0]);
});
declare const web: Request;
clientAddress({ remoteAddress: '10.0.0.1', headers: web.headers }, { trust: 1 });
clientAddress({ remoteAddress: '10.0.0.1', headers: new Headers() });
clientAddress({ remoteAddress: '10.0.0.1', headers: { ...process.env } });

// ---- [ours] addresses as Buffers
import { formatBytes, toBigInt } from '@netstrata/ip-utils/address';
import { contains } from '@netstrata/ip-utils/cidr';
import { publicOnly } from '@netstrata/ip-utils/policy';
const bytes = Buffer.from([10, 0, 0, 1]);
const all: [string, bigint | null, boolean, boolean] = [formatBytes(bytes), toBigInt(bytes), contains('10.0.0.0/8', bytes), publicOnly.check(bytes).allowed];

// ---- [ours] lists of the builtin where ours are
import * as builtin from 'node:net';
import * as net from 'net';
import { connect, listen } from '@netstrata/net-compat/promises';
connect({ port: 80, blockList: new builtin.BlockList(), connectTimeout: 1 });
listen({ port: 80, blockList: new net.BlockList(), idleTimeout: 1 });
