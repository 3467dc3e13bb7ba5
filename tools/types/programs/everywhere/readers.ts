// ---- [ours] a reader of a socket
import { reader, type StreamReader } from '@netstrata/stream-core/reader';
import * as net from 'net';
async function talk(): Promise<void> {
  const socket = net.connect(25);
  const r: StreamReader = reader(socket, { timeout: 1000, max: 4096 });
  const line: string | null = await r.readLine();
  const other: string | null = await r.readLine({ max: 512, encoding: 'latin1', partial: true });
  const bytes: Uint8Array | null = await r.readExactly(4);
  const some: Uint8Array | null = await r.read();
  const head: Uint8Array | null = await r.peek(1, { timeout: 10 });
  const until: Uint8Array | null = await r.readUntil('\r\n\r\n', { max: 8192 });
  await r.readUntil(new Uint8Array([0]));
  for await (const text of r.lines()) text.trim();
  for await (const texts of r.lines({ max: 10 }).batches()) texts.map((text) => text.length);
  for await (const frame of r.frames({ lengthBytes: 2, endian: 'little', max: 100 })) frame.subarray(1);
  for await (const frames of r.frames().batches()) frames[0].length;
  const held: number = r.bytes.length;
  r.release();
}
talk();

// ---- [ours] a server of lines
import { reader } from '@netstrata/stream-core/reader';
import { listen, serve } from '@netstrata/net-compat/promises';
async function main(): Promise<void> {
  await serve(await listen(), async (socket, { signal }) => {
    for await (const line of reader(socket, { signal }).lines({ max: 1000 })) socket.write(`${line.toUpperCase()}\n`);
    socket.end();
  });
}
main();

// ---- [ours] a reader of a stream of ours
import { Duplex, duplexPair } from '@netstrata/stream-core';
import { reader, type ReadableLike, type ReadOptions, type LineOptions, type FrameOptions } from '@netstrata/stream-core/reader';
const options: [ReadOptions, LineOptions, FrameOptions] = [{ max: 1 }, { partial: true }, { lengthBytes: 8 }];
const [a, b] = duplexPair();
const like: ReadableLike = a;
reader(a, options[0]).lines(options[1]);
reader(b).frames(options[2]);
reader(new Duplex(null)).release();
class Own extends Duplex {}
reader(new Own(null));

// ---- [ours] what a reader fails with
import { reader, type ReaderIncompleteError, type ReaderLimitError } from '@netstrata/stream-core/reader';
import * as net from 'net';
reader(net.connect(1)).readExactly(4).catch((error: Error & { code?: string }) => {
  if (error.code === 'ERR_READER_INCOMPLETE') (error as ReaderIncompleteError).missing.toFixed();
  if (error.code === 'ERR_READER_LIMIT') (error as ReaderLimitError).message.trim();
});

// ---- [ours] bytes below
import { ByteReader, type Delimiter, type Endian, type LineEncoding } from '@netstrata/stream-core/reader';
const bytes = new ByteReader();
const ways: [Delimiter, Endian, LineEncoding] = ['\n', 'big', 'utf8'];
bytes.push(new Uint8Array(4));
const numbers: (number | null)[] = [bytes.uint8(), bytes.uint16(), bytes.uint32()];
const parts: (Uint8Array | null)[] = [bytes.take(1), bytes.takeSome(10), bytes.peek(2), bytes.takeUntil(ways[0], 100), bytes.takeFrame(2, ways[1], 100)];
const line: string | null = bytes.takeLine(100, ways[2]);
const lines: string[] | null = bytes.takeLines(100);
bytes.skip(1);
bytes.end();
const left: Uint8Array = bytes.release();
const length: number = bytes.length;

// ---- [ours] what is no stream, and options that there are not
import { reader } from '@netstrata/stream-core/reader';
import * as net from 'net';
reader('text'); // error
reader(net.createServer()); // error
reader(net.connect(1)).readLine({ encoding: 'hex' }); // error
reader(net.connect(1)).frames({ endian: 'middle' }); // error
reader(net.connect(1), { timeout: '1s' }); // error
