import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { fromNodeDuplex, fromWebStreams } from '../src/adapters/index.js';
import type { Connection } from '../src/index.js';

/** Connections over streams that keep every chunk they are given. */
const keeping: Record<string, (kept: Uint8Array[]) => Connection> = {
  fromNodeDuplex(kept) {
    const write = (chunk: Uint8Array, _encoding: string, done: () => void): void => {
      kept.push(chunk);
      done();
    };
    return fromNodeDuplex(new Duplex({ read() {}, write }));
  },
  fromWebStreams(kept) {
    const writable = new WritableStream<Uint8Array>({ write: (chunk) => void kept.push(chunk) });
    return fromWebStreams({ readable: new ReadableStream(), writable });
  },
};

for (const [name, make] of Object.entries(keeping)) {
  it(`${name} copies a Buffer too, whose slice would share its memory`, async () => {
    const kept: Uint8Array[] = [];
    const connection = make(kept);
    const chunk = Buffer.from('hello');
    await new Promise<void>((onWriteDone) => {
      connection.sink = { onWriteDone, onData() {}, onEnd() {}, onShutdownDone() {}, onClose() {} };
      connection.write(chunk);
    });
    chunk.fill(0);
    expect(Buffer.concat(kept).toString()).toBe('hello');
  });
}
