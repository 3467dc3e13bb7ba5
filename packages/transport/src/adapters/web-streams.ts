import type { Connection } from '../contract/transport.js';
import { Adapted, type AdapterOptions } from './adapted.js';

/** The part of a WHATWG `{ readable, writable }` pair that is used; of any realm, native or a polyfill. */
export interface WebStreams {
  /** What arrives. It gets locked. */
  readonly readable: {
    /** Locks it, and gives what reads it. */
    getReader(): WebReader;
  };
  /** What takes what is sent. It gets locked. */
  readonly writable: {
    /** Locks it, and gives what writes to it. */
    getWriter(): WebWriter;
  };
}

/** The part of a ReadableStreamDefaultReader that is used (https://streams.spec.whatwg.org/#default-reader-class). */
export interface WebReader {
  /** Fulfilled when the stream has ended, rejected when it has failed. */
  readonly closed: Promise<unknown>;
  /** The next chunk, or the end. */
  read(): Promise<{
    /** Whether it has ended; there is no value then. */
    done: boolean;
    /** What has arrived. */
    value?: Uint8Array | undefined;
  }>;
  /** Gives the readable up. */
  cancel(reason?: unknown): Promise<unknown>;
}

/** The part of a WritableStreamDefaultWriter that is used (https://streams.spec.whatwg.org/#default-writer-class). */
export interface WebWriter {
  /** Fulfilled when the stream has closed, rejected when it has failed. */
  readonly closed: Promise<unknown>;
  /** Sends a chunk; fulfilled when it was accepted. */
  write(chunk: Uint8Array): Promise<unknown>;
  /** Ends the stream after what was written. */
  close(): Promise<unknown>;
  /** Ends the stream at once, and drops what was not sent. */
  abort(reason?: unknown): Promise<unknown>;
}

/**
 * A Connection over WHATWG streams of `Uint8Array`, byte streams or default ones. It locks both. A chunk is pulled only while
 * reading is on; a write is pending until the writable has accepted it. An error of the readable is a reset; one of the
 * writable is noticed by the next write, as with a socket.
 * @example
 * ```js
 * import { Duplex } from '@netstrata/stream-core';
 * import { fromWebStreams } from '@netstrata/transport/adapters';
 *
 * const stream = new Duplex(fromWebStreams(new TransformStream())).setEncoding('utf8'); // what is written comes back
 * stream.on('data', (text) => console.log(text)); // prints hello
 * stream.end('hello');
 * ```
 */
export function fromWebStreams(streams: WebStreams, options?: AdapterOptions): Connection {
  return new WebStreamsConnection(streams.readable.getReader(), streams.writable.getWriter(), options);
}

class WebStreamsConnection extends Adapted {
  readonly #reader: WebReader;
  readonly #writer: WebWriter;
  #pulling = false;
  #finishing = false;

  constructor(reader: WebReader, writer: WebWriter, options: AdapterOptions | undefined) {
    super(options);
    this.#reader = reader;
    this.#writer = writer;
    reader.closed.catch((reason: unknown) => this.failed('read', reason));
    // Reported by the write that meets it; here it must only not be unhandled.
    writer.closed.catch(ignore);
  }

  protected more(): void {
    if (this.#pulling) return;
    this.#pulling = true;
    this.#reader.read().then(
      ({ done, value }) => {
        this.#pulling = false;
        if (done) this.arrivedEnd();
        else this.arrived(value);
      },
      (reason: unknown) => this.failed('read', reason),
    );
  }

  protected send(copy: Uint8Array): void {
    this.#writer.write(copy).then(
      () => this.sent(),
      (reason: unknown) => this.failed('write', reason),
    );
  }

  shutdown(): void {
    this.#finishing = true;
    this.#writer.close().then(
      () => this.shutDown(),
      (reason: unknown) => this.failed('write', reason),
    );
  }

  protected release(dropping: boolean): void {
    if (dropping) this.#writer.abort().catch(ignore);
    else if (!this.#finishing) this.#writer.close().catch(ignore);
    this.#reader.cancel().catch(ignore);
  }

  protected reset(): void {
    this.release(true);
  }

  /** Streams do not keep a process alive. */
  ref(): void {}

  unref(): void {}
}

/** What happens to a stream that was given up does not matter. */
function ignore(): void {}
