// ---- pipeline of two
import { pipeline } from 'node:stream';
import * as net from 'net';
pipeline(net.connect(1), net.connect(2), (error) => { if (error) throw error; });

// ---- pipeline of three
import { pipeline, PassThrough } from 'node:stream';
import * as net from 'net';
pipeline(net.connect(1), new PassThrough(), net.connect(2), () => {});
pipeline(new PassThrough(), net.connect(1), new PassThrough(), () => {});

// ---- pipeline of promises
import { pipeline } from 'node:stream/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { createGzip } from 'node:zlib';
import * as net from 'net';
async function send(): Promise<void> {
  await pipeline(createReadStream('x'), net.connect(1));
  await pipeline(net.connect(1), createGzip(), createWriteStream('x'));
  await pipeline(net.connect(1), async function* (source) { for await (const chunk of source) yield chunk; }, net.connect(2));
}
send();

// ---- finished
import { finished } from 'node:stream';
import { finished as done } from 'node:stream/promises';
import * as net from 'net';
const stop: () => void = finished(net.connect(1), (error) => {});
finished(net.connect(1), { readable: false }, () => {});
done(net.connect(1)).then(() => {});

// ---- a socket is a stream
import { Duplex, Readable, Writable, Stream } from 'node:stream';
import * as net from 'net';
const socket = net.connect(1);
const all: [Duplex, Readable, Writable, Stream] = [socket, socket, socket, socket];
const interfaces: [NodeJS.ReadableStream, NodeJS.WritableStream, NodeJS.ReadWriteStream, NodeJS.EventEmitter] = [socket, socket, socket, socket];

// ---- streams of the web
import { Duplex, Readable, Writable } from 'node:stream';
import * as net from 'net';
const readable = Readable.toWeb(net.connect(1));
const writable = Writable.toWeb(net.connect(1));
const both = Duplex.toWeb(net.connect(1));
readable.getReader();
both.writable.getWriter();

// ---- operators
import * as net from 'net';
async function read(socket: net.Socket): Promise<string> {
  const chunks: Buffer[] = await socket.toArray();
  socket.map((chunk: Buffer) => chunk.length).filter((size: number) => size > 1).forEach(() => {});
  const first: Buffer | undefined = (await socket.take(1).toArray())[0];
  await socket.reduce((size: number, chunk: Buffer) => size + chunk.length, 0);
  return Buffer.concat(chunks).toString();
}
read(net.connect(1));

// ---- compose
import { PassThrough } from 'node:stream';
import * as net from 'net';
net.connect(1).compose(new PassThrough()).on('data', () => {});

// ---- an iterator that may be left
import * as net from 'net';
async function first(): Promise<void> {
  for await (const chunk of net.connect(1).iterator({ destroyOnReturn: false })) { chunk.length; break; }
}
first();

// ---- lines
import { createInterface } from 'node:readline';
import * as promises from 'node:readline/promises';
import * as net from 'net';
const socket = net.connect(1);
createInterface({ input: socket, output: socket }).on('line', (line) => { line.trim(); });
createInterface(socket, socket);
promises.createInterface({ input: socket });

// ---- files
import { createReadStream, createWriteStream } from 'node:fs';
import * as net from 'net';
createReadStream('x').pipe(net.connect(1)).on('finish', () => {});
net.connect(1).pipe(createWriteStream('x')).close();

// ---- compression in between
import { createGzip, createGunzip } from 'node:zlib';
import * as net from 'net';
const socket = net.connect(1);
socket.pipe(createGunzip()).pipe(createGzip()).pipe(socket);

// ---- the standard streams
import * as net from 'net';
const socket = net.connect(1);
process.stdin.pipe(socket).pipe(process.stdout);
process.stdin.unpipe(socket);

// ---- buffers
import * as net from 'net';
const socket = net.connect(1);
socket.write(Buffer.from('x'));
socket.end(Buffer.alloc(1));
socket.unshift(Buffer.from('x'));
const chunks: Buffer[] = [];
socket.on('data', (chunk: Buffer) => { chunks.push(chunk); });
socket.on('end', () => { Buffer.concat(chunks); });
socket.once('data', (chunk: Buffer) => chunk.readUInt32BE(0));

// ---- chunks that are either
import * as net from 'net';
net.connect(1).on('data', (chunk: Buffer | string) => { Buffer.byteLength(chunk); });
net.connect(1).on('data', (chunk) => { console.log(chunk.toString()); });
net.connect(1).on('data', (chunk) => { const text: string = String(chunk).trim(); });

// ---- what is read
import * as net from 'net';
const socket = net.connect(1);
const chunk: Buffer | null = socket.read();
const some: Buffer | null = socket.read(4);
socket.readableEncoding satisfies BufferEncoding | null;

// ---- encodings by their type
import * as net from 'net';
const encoding: BufferEncoding = 'hex';
const socket = net.connect(1).setEncoding(encoding);
socket.write('x', encoding);
socket.end('x', encoding);
socket.setDefaultEncoding(encoding);

// ---- streams from sockets and back
import { Readable, Duplex, addAbortSignal, Transform } from 'node:stream';
import * as net from 'net';
const socket = net.connect(1);
addAbortSignal(new AbortController().signal, socket).setNoDelay();
Readable.from(socket);
Duplex.from(socket);
new Transform().wrap(socket);
Readable.isDisturbed(socket);

// ---- a consumer of all
import { buffer, json, text } from 'node:stream/consumers';
import * as net from 'net';
async function all(): Promise<void> {
  const bytes: Buffer = await buffer(net.connect(1));
  const content: string = await text(net.connect(1));
  await json(net.connect(1));
}
all();

// ---- errors with codes
import * as net from 'net';
net.connect(1).on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ECONNREFUSED') console.error(error.syscall, error.errno); });
net.createServer().on('error', (error: NodeJS.ErrnoException) => { error.code; }).once('error', (error: NodeJS.ErrnoException) => {});
