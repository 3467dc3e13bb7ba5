import { once } from 'node:events';
import net from 'node:net';
import { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromNodeDuplex } from '../src/adapters/index.js';
import { channelCompliance } from '../src/compliance/index.js';
import type { Connection } from '../src/index.js';

const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true });

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

async function socketPair(): Promise<[Connection, Connection]> {
  const near = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[net.Socket], unknown];
  return [fromNodeDuplex(near), fromNodeDuplex(far)];
}

channelCompliance({ describe, it }, { name: 'fromNodeDuplex over net.Socket', capabilities: { halfClose: true, reset: true }, pair: socketPair });

/** One half of an in-process pair that pushes straight into the other: callbacks inside calls, and no word on destroy. */
class Half extends Duplex {
  other!: Half;
  #taken: (() => void) | null = null;

  override _read(): void {
    const taken = this.#taken;
    this.#taken = null;
    taken?.();
  }

  override _write(chunk: Buffer, _: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.other.destroyed) callback(new Error('nobody there'));
    else if (this.other.push(chunk)) callback();
    else this.other.#taken = callback;
  }

  override _final(callback: () => void): void {
    this.other.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const { other } = this;
    // What waits for a reader that is gone fails; a peer that was not told of the end is told.
    if (other.writableNeedDrain || other.writableLength > 0) other.destroy(new Error('nobody there'));
    else if (!other.readableEnded && !other.destroyed && !this.writableFinished) other.destroy(new Error('dropped'));
    callback(error);
  }
}

function halves(): [Half, Half] {
  const [one, two] = [new Half(), new Half()];
  one.other = two;
  two.other = one;
  return [one, two];
}

function halfPair(): Promise<[Connection, Connection]> {
  const [one, two] = halves();
  return Promise.resolve([fromNodeDuplex(one), fromNodeDuplex(two)]);
}

channelCompliance({ describe, it }, { name: 'fromNodeDuplex over a Duplex', capabilities: { halfClose: true, reset: false }, pair: halfPair });

describe('fromNodeDuplex', () => {
  it('reports a stream that somebody else destroys as a reset, with the reason as its cause', async () => {
    const [duplex, other] = halves();
    other.on('error', () => {});
    const connection = fromNodeDuplex(duplex);
    const closed = new Promise<Error | null>((onClose) => {
      connection.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose };
    });
    const reason = new Error('enough');
    duplex.destroy(reason);
    expect(await closed).toMatchObject({ message: 'read ECONNRESET', errno: -104, cause: reason });
  });

  it('reports the shutdown of a stream that finishes inside `end`', async () => {
    const [duplex] = halves();
    duplex.end = () => {
      duplex.emit('finish');
      return duplex;
    };
    const connection = fromNodeDuplex(duplex);
    await new Promise<void>((onShutdownDone) => {
      connection.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone, onClose() {} };
      connection.shutdown();
    });
  });
});
