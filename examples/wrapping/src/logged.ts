import { copyOf, type WriteStatus } from '@netstrata/stream-core';
import type { ConnectSink, Transport } from '@netstrata/transport';
import { wrapTransport } from './wrap-transport.js';
import { Wrapped } from './wrapped.js';

/** What happened on a connection. Bytes are copies: those that pass belong to others. */
export type Entry =
  | { readonly connection: number; readonly event: 'dial' | 'accept' | 'connect' | 'end' | 'shutdown' | 'abort' }
  | { readonly connection: number; readonly event: 'read' | 'write'; readonly bytes: Uint8Array }
  | { readonly connection: number; readonly event: 'close'; readonly error: Error | null };

export type Log = (entry: Entry) => void;

/** A transport that tells everything that goes over it, in order. */
export function logged(transport: Transport, log: Log): Transport {
  let connections = 0;
  return wrapTransport('logged', transport, (dialling) => new Logged(dialling, ++connections, log));
}

class Logged extends Wrapped {
  readonly #connection: number;
  readonly #log: Log;

  constructor(dialling: ConnectSink | null, connection: number, log: Log) {
    super(dialling);
    this.#connection = connection;
    this.#log = log;
    this.#note(dialling ? 'dial' : 'accept');
  }

  #note(event: (Entry & { bytes?: never; error?: never })['event']): void {
    this.#log({ connection: this.#connection, event });
  }

  #pass(event: 'read' | 'write', bytes: Uint8Array): void {
    this.#log({ connection: this.#connection, event, bytes: copyOf(bytes) });
  }

  override write(bytes: Uint8Array): WriteStatus {
    this.#pass('write', bytes);
    return super.write(bytes);
  }

  override writev(chunks: readonly Uint8Array[]): WriteStatus {
    for (const bytes of chunks) this.#pass('write', bytes);
    return super.writev(chunks);
  }

  override shutdown(): void {
    this.#note('shutdown');
    super.shutdown();
  }

  override abort(): void {
    this.#note('abort');
    super.abort();
  }

  override onConnect(): void {
    this.#note('connect');
    super.onConnect();
  }

  override onData(bytes: Uint8Array): void {
    this.#pass('read', bytes);
    super.onData(bytes);
  }

  override onEnd(): void {
    this.#note('end');
    super.onEnd();
  }

  override onClose(error: Error | null): void {
    this.#log({ connection: this.#connection, event: 'close', error });
    super.onClose(error);
  }
}
