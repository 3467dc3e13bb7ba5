import { PassThrough, type Readable } from 'node:stream';
import { duplexPair, Duplex } from '../../src/index.js';
import type { ReadableLike } from '../../src/reader/index.js';
import { Lender } from '../support/lender.js';

/** A stream to read, and how its peer writes to it. */
export interface Subject {
  readonly stream: ReadableLike & Pick<Readable, 'destroy' | 'readableLength' | 'readableEnded' | 'once' | 'listenerCount'>;
  readonly write: (bytes: Uint8Array | string) => void;
  readonly end: () => void;
}

/** Streams of this library, over a channel that lends and one that does not, and Node's. */
export const kinds: Record<string, () => Subject> = {
  'a pair': () => {
    const [near, far] = duplexPair();
    return { stream: near, write: (bytes) => void far.write(bytes), end: () => void far.end() };
  },
  'a channel that lends': () => {
    const channel = new Lender();
    const stream = new Duplex(channel) as unknown as Subject['stream'];
    return {
      stream,
      write: (bytes) => {
        const whole = Buffer.from(bytes as string);
        channel.buffer = new Uint8Array(Math.max(64, whole.length));
        if (channel.reading) channel.lend(whole);
        else channel.receive(whole);
      },
      end: () => { channel.receiveEnd(); },
    };
  },
  "Node's PassThrough": () => {
    const stream = new PassThrough();
    return { stream, write: (bytes) => void stream.write(bytes), end: () => void stream.end() };
  },
};

export const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** What a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('it was fulfilled');
}
