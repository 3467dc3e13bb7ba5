import { describe, expect, it } from 'vitest';
import { fromWebStreams } from '../src/adapters/index.js';
import { channelCompliance } from '../src/compliance/index.js';
import { systemError, type Connection } from '../src/index.js';

const bounded = () => new TransformStream<Uint8Array, Uint8Array>({}, undefined, new ByteLengthQueuingStrategy({ highWaterMark: 16_384 }));

function pair(): Promise<[Connection, Connection]> {
  const [there, back] = [bounded(), bounded()];
  return Promise.resolve([
    fromWebStreams({ readable: back.readable, writable: there.writable }),
    fromWebStreams({ readable: there.readable, writable: back.writable }),
  ]);
}

channelCompliance({ describe, it }, { name: 'fromWebStreams', capabilities: { halfClose: true, reset: true }, pair });

/** A sink that ends in a promise: what onClose was called with. */
function closing(connection: Connection): Promise<Error | null> {
  return new Promise((resolve) => {
    connection.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose: resolve };
  });
}

describe('fromWebStreams', () => {
  it('passes a system error of the stream on, and makes any other reason the cause of a reset', async () => {
    const refusal = systemError({ code: 'ECONNREFUSED', syscall: 'connect' });
    for (const reason of [refusal, new Error('tunnel gone')]) {
      const [there, back] = [bounded(), bounded()];
      const connection = fromWebStreams({ readable: back.readable, writable: there.writable });
      const closed = closing(connection);
      await back.writable.abort(reason);
      const error = await closed;
      if (reason === refusal) expect(error).toBe(refusal);
      else expect(error).toMatchObject({ message: 'read ECONNRESET', code: 'ECONNRESET', cause: reason });
    }
  });

  it('reads byte streams', async () => {
    const readable = new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(new Uint8Array([1, 2, 3]));
        controller.close();
      },
    });
    const connection = fromWebStreams({ readable, writable: bounded().writable });
    const read: number[] = [];
    await new Promise<void>((onEnd) => {
      connection.sink = { onData: (chunk) => void read.push(...chunk), onEnd, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
      connection.readStart();
    });
    expect(read).toEqual([1, 2, 3]);
    connection.close();
  });

  it('pulls nothing while stopped', async () => {
    let pulls = 0;
    const strategy = { highWaterMark: 0 };
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      pulls++;
      controller.enqueue(new Uint8Array(1));
    };
    const readable = new ReadableStream<Uint8Array>({ pull }, strategy);
    const connection = fromWebStreams({ readable, writable: bounded().writable });
    const closed = closing(connection);
    await Promise.resolve();
    expect(pulls).toBe(0);
    connection.close();
    expect(await closed).toBe(null);
  });

  it('tells the endpoints it was given, until it is closed', () => {
    const remote = { path: 'somewhere' };
    const connection = fromWebStreams(bounded(), { remote });
    expect([connection.local, connection.remote]).toEqual([null, remote]);
    connection.close();
    expect(connection.remote).toBe(null);
  });

  it('fails when the readable gives what is no bytes, and loses nothing silently', async () => {
    for (const chunk of [new ArrayBuffer(3), 'text', undefined] as unknown as Uint8Array[]) {
      const readable = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(chunk) });
      const connection = fromWebStreams({ readable, writable: bounded().writable });
      const closed = closing(connection);
      connection.readStart();
      expect(await closed).toMatchObject({ code: 'ECONNRESET', cause: { name: 'TypeError' } });
    }
  });
});
