import { readFile } from 'node:fs/promises';
import { createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo, Socket } from 'node:net';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it, onTestFinished } from 'vitest';
import type { InetEndpoint, Transport } from '@netstrata/transport';
import type { GatewayOptions, Lookup } from '../src/index.js';
import { bytesOf, connect, errorOf, inet, textOf } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { target } from './support/targets.js';

const certificate = (name: string): Promise<string> => readFile(new URL(`certificates/${name}`, import.meta.url), 'utf8');
const [cert, key] = [await certificate('redis.pem'), await certificate('redis.key.pem')];
const here: Lookup = (_, __, done) => { done(null, [{ address: '127.0.0.1', family: 4 }]); };

async function redis(onSocket: (socket: TLSSocket) => void): Promise<number> {
  const server = createServer({ cert, key }, onSocket).on('tlsClientError', () => {});
  server.on('connection', (socket) => onTestFinished(() => { socket.destroy(); }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => { server.close(); });
  return (server.address() as AddressInfo).port;
}

/** Whatever is dialled is here. */
const mapping: Transport = { ...tcp, name: 'mapping', capabilities: tcp.capabilities, connect: (endpoint, sink) => tcp.connect(inet((endpoint as InetEndpoint).port), sink) };

const options = (port: number, more: GatewayOptions = {}): GatewayOptions =>
  ({ allow: ['redis.internal=127.0.0.1', 'other.internal=127.0.0.1', '127.0.0.1'], tls: [`redis.internal:${port}`], tlsCa: cert, lookup: here, ...more });

it('what the client says without TLS, the gateway says with it', async () => {
  const port = await redis((socket) => {
    socket.allowHalfOpen = true;
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk))).on('end', () => socket.end(`${socket.getProtocol()} ${socket.encrypted} ${heard}`));
  });
  const { url, log } = await gatewayFor(options(port));
  const { connection, stream } = await connect(tunnelFor(url), { host: 'Redis.Internal', port });
  expect(connection.remote).toEqual(inet(port));
  stream.end('PING');
  expect(await textOf(stream)).toBe('TLSv1.3 true PING');
  expect(await log.seen(/closed/)).toMatch(/received 4 sent 17/);
});

it('the certificate has to be for the name that was asked for', async () => {
  const port = await redis((socket) => socket.end('secret'));
  const { url, log } = await gatewayFor(options(port, { tls: [`other.internal:${port}`] }));
  expect(await errorOf(tunnelFor(url), { host: 'other.internal', port })).toMatchObject({ syscall: 'connect' });
  expect(await log.seen(/refused/)).toBe(`stream refused 127.0.0.1 other.internal:${port} failed`);
});

it('and has to be trusted', async () => {
  const port = await redis((socket) => socket.end('secret'));
  const { url, log } = await gatewayFor(options(port, { tlsCa: undefined }));
  expect(await errorOf(tunnelFor(url), { host: 'redis.internal', port })).toMatchObject({ syscall: 'connect' });
  await log.seen(/refused .* failed/);
});

it('a destination that speaks no TLS is a failure, and one that never answers has its time', async () => {
  const { port } = await target((socket) => { socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); });
  const { port: silent } = await target((socket) => { socket.resume(); });
  const { url } = await gatewayFor(options(port, { tls: [`redis.internal:${port}`, `redis.internal:${silent}`], limits: { dial: 200 } }));
  const there = tunnelFor(url);
  expect(await errorOf(there, { host: 'redis.internal', port })).toMatchObject({ syscall: 'connect' });
  expect(await errorOf(there, { host: 'redis.internal', port: silent })).toMatchObject({ code: 'ETIMEDOUT' });
});

it('a destination that is not listed is dialled as it is', async () => {
  const { port } = await target((socket) => { socket.end('plain'); });
  const { url } = await gatewayFor(options(1));
  const { stream } = await connect(tunnelFor(url), { host: 'redis.internal', port });
  expect(await textOf(stream)).toBe('plain');
});

it('a reset here is one beyond TLS', async () => {
  let failed = (_: Error): void => {};
  const failure = new Promise<Error>((resolve) => { failed = resolve; });
  const port = await redis((socket) => { socket.on('error', failed).pipe(socket); });
  const { url } = await gatewayFor(options(port));
  const { connection, stream } = await connect(tunnelFor(url), { host: 'redis.internal', port });
  stream.write('x');
  await bytesOf(stream, 1);
  connection.abort();
  expect(await failure).toMatchObject({ code: 'ECONNRESET' });
});

it('a reset beyond TLS is one here, and no dial that failed', async () => {
  const raw: Socket[] = [];
  const server = createServer({ cert, key }, (socket) => { socket.on('error', () => {}).on('data', () => { raw[0].resetAndDestroy(); }); });
  server.on('connection', (socket: Socket) => raw.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => { server.close(); });
  const { port } = server.address() as AddressInfo;
  const { url, log } = await gatewayFor(options(port));
  const { stream } = await connect(tunnelFor(url), { host: 'redis.internal', port });
  const error = new Promise((resolve) => stream.on('error', resolve).resume());
  stream.write('x');
  expect(await error).toMatchObject({ code: 'ECONNRESET' });
  await log.seen(/stream closed/);
  expect(log.lines.filter((line) => line.includes('refused'))).toEqual([]);
});

it('a destination is the same however it is written', async () => {
  const port = await redis((socket) => socket.end('secret'));
  const there = { ...options(port), tls: [`[0:0::7f00:1]:${port}`, `REDIS.internal.:${port}`], allow: ['::7f00:1', 'redis.internal=127.0.0.1'], over: mapping };
  const { url, log } = await gatewayFor(there);
  const { stream } = await connect(tunnelFor(url), { host: 'Redis.internal.', port });
  expect(await textOf(stream)).toBe('secret');
  // The certificate is for a name: that shows that TLS was begun.
  await errorOf(tunnelFor(url), inet(port, '::127.0.0.1'));
  await log.seen(/refused .* failed/);
});
