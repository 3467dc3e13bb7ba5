import type { WebReader, WebStreams, WebWriter } from '@netstrata/transport/adapters';

/** A pair that is still to come. Whatever is asked of it waits; where it never comes, everything fails with the reason. */
export function late(pair: Promise<WebStreams>): WebStreams {
  return {
    readable: { getReader: () => new LateReader(pair) },
    writable: { getWriter: () => new LateWriter(pair) },
  };
}

class LateReader implements WebReader {
  readonly closed: Promise<unknown>;
  readonly #reader: Promise<WebReader>;

  constructor(pair: Promise<WebStreams>) {
    this.#reader = pair.then(({ readable }) => readable.getReader());
    this.closed = this.#reader.then((reader) => reader.closed);
  }

  read(): ReturnType<WebReader['read']> {
    return this.#reader.then((reader) => reader.read());
  }

  cancel(reason?: unknown): Promise<unknown> {
    return this.#reader.then((reader) => reader.cancel(reason));
  }
}

class LateWriter implements WebWriter {
  readonly closed: Promise<unknown>;
  readonly #writer: Promise<WebWriter>;

  constructor(pair: Promise<WebStreams>) {
    this.#writer = pair.then(({ writable }) => writable.getWriter());
    this.closed = this.#writer.then((writer) => writer.closed);
  }

  write(chunk: Uint8Array): Promise<unknown> {
    return this.#writer.then((writer) => writer.write(chunk));
  }

  close(): Promise<unknown> {
    return this.#writer.then((writer) => writer.close());
  }

  abort(reason?: unknown): Promise<unknown> {
    return this.#writer.then((writer) => writer.abort(reason));
  }
}
