import { Duplex as NodeDuplex } from 'node:stream';
import { Duplex } from '@netstrata/stream-core';
import { expect, it } from 'vitest';
import { fromNodeDuplex, fromWebStreams } from '../src/adapters/index.js';
import type { Connection } from '../src/index.js';
import { surviving } from './support/uncaught.js';

const [first, second] = [new Uint8Array(1), new Uint8Array(2)];

const adapted: Record<string, () => Connection> = {
  fromNodeDuplex() {
    const duplex = new NodeDuplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    for (const chunk of [first, second, null]) duplex.push(chunk);
    return fromNodeDuplex(duplex);
  },
  fromWebStreams() {
    const readable = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(first);
        controller.enqueue(second);
        controller.close();
      },
    });
    return fromWebStreams({ readable, writable: new WritableStream() });
  },
};

for (const [name, make] of Object.entries(adapted)) {
  it(`${name} goes on to the end when a 'data' listener throws`, async () => {
    const heard: unknown[] = [];
    const thrown = await surviving(
      () =>
        new Promise((resolve) => {
          const stream = new Duplex(make());
          stream.on('end', resolve);
          stream.on('data', (chunk: Uint8Array) => {
            heard.push(chunk.length);
            throw new Error(`at ${chunk.length}`);
          });
        }),
    );
    expect(heard).toEqual([1, 2]);
    expect(thrown).toEqual(['at 1', 'at 2']);
  });
}
