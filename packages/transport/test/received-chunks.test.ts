import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fromNodeDuplex, fromWebStreams } from '../src/adapters/index.js';
import type { Connection } from '../src/index.js';

interface Source {
  readonly connection: Connection;
  readonly give: (chunk: ArrayBufferView) => void;
  readonly end: () => void;
}

/** Connections over streams that give what a test says. */
const sources: Record<string, () => Source> = {
  fromNodeDuplex() {
    // What it is given goes to its listeners as it is, as with streams that reuse their memory.
    const duplex = new Duplex({ read() {} });
    return { connection: fromNodeDuplex(duplex), give: (chunk) => void duplex.emit('data', chunk), end: () => void duplex.push(null) };
  },
  fromWebStreams() {
    let controller!: ReadableStreamDefaultController;
    const readable = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    const connection = fromWebStreams({ readable, writable: new WritableStream() });
    return { connection, give: (chunk) => controller.enqueue(chunk), end: () => controller.close() };
  },
};

/** All that arrives, in a promise of why it was over: null for the end. */
function reading(connection: Connection): { readonly chunks: Uint8Array[]; readonly over: Promise<Error | null> } {
  const chunks: Uint8Array[] = [];
  const over = new Promise<Error | null>((resolve) => {
    const onData = (chunk: Uint8Array): void => void chunks.push(chunk);
    connection.sink = { onData, onEnd: () => resolve(null), onWriteDone() {}, onShutdownDone() {}, onClose: resolve };
  });
  connection.readStart();
  return { chunks, over };
}

/** Detached, as after a message to another thread. */
function gone(): Uint8Array {
  const bytes = new Uint8Array(5);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

describe.each(Object.entries(sources))('%s', (_, open) => {
  it('copies parts of memory that others have too', async () => {
    const { connection, give, end } = open();
    const { chunks, over } = reading(connection);
    const memory = Buffer.from('one two three');
    for (const [from, to] of [[0, 4], [4, 8], [8, 13]]) give(memory.subarray(from, to));
    end();
    expect(await over).toBe(null);
    memory.fill(0);
    expect(Buffer.concat(chunks).toString()).toBe('one two three');
    expect(chunks.map(({ byteOffset, length, buffer }) => [byteOffset, buffer.byteLength - length])).toEqual([[0, 0], [0, 0], [0, 0]]);
    connection.close();
  });

  it('takes the bytes of views of every kind', async () => {
    const { connection, give, end } = open();
    const { chunks, over } = reading(connection);
    const { buffer } = Uint8Array.from([0, 1, 2, 3, 4, 5]);
    give(new DataView(buffer, 1, 2));
    give(new Uint16Array(buffer, 2, 2));
    end();
    expect(await over).toBe(null);
    expect(chunks.map((chunk) => [...chunk])).toEqual([[1, 2], [2, 3, 4, 5]]);
    connection.close();
  });

  it('fails where the memory of a chunk is gone', async () => {
    const { connection, give } = open();
    const { chunks, over } = reading(connection);
    give(gone());
    expect(await over).toMatchObject({ code: 'ECONNRESET', syscall: 'read', cause: { code: 'ERR_INVALID_STATE' } });
    expect(chunks).toEqual([]);
  });
});

it('fromNodeDuplex fails where somebody has set an encoding', async () => {
  const duplex = new Duplex({ read() {} });
  const { over } = reading(fromNodeDuplex(duplex));
  duplex.setEncoding('utf8').push('text');
  expect(await over).toMatchObject({ code: 'ECONNRESET', cause: { name: 'TypeError' } });
});
