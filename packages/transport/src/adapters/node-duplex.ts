import type { Connection } from '../contract/transport.js';
import { Adapted, type AdapterOptions } from './adapted.js';

/** The part of a Node Duplex that is used: `net.Socket`, `tls.TLSSocket`, `Duplex` of any version of readable-stream, ... */
export interface NodeDuplex {
  /** Bytes have arrived. */
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  /** It has failed. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** The peer has ended; everything was sent; it is closed. */
  on(event: 'end' | 'finish' | 'close', listener: () => void): unknown;
  /** Stops `data`. */
  pause(): unknown;
  /** Lets `data` come. */
  resume(): unknown;
  /** Sends bytes; calls back when they were taken, or with what went wrong. */
  write(chunk: Uint8Array, callback: (error?: Error | null) => void): boolean;
  /** Ends the writing side; calls back when everything was sent. */
  end(callback?: () => void): unknown;
  /** Closes both directions at once. */
  destroy(error?: Error): unknown;
  /** Set to true: an end of the peer must not end the writing side. */
  allowHalfOpen?: boolean;
  /** Closes with a reset, as `net.Socket` does; `destroy` is called where it is missing. */
  resetAndDestroy?(): unknown;
  /** Keeps the process alive. */
  ref?(): unknown;
  /** Lets the process end. */
  unref?(): unknown;
}

/**
 * A Connection over a Node Duplex of bytes that is connected. It takes the stream over: it becomes half-open, is paused and
 * resumed, and is destroyed by `close`. Nothing else may read or write it, or set an encoding.
 * @example
 * ```js
 * import { duplexPair } from 'node:stream';
 * import { Duplex } from '@netstrata/stream-core';
 * import { fromNodeDuplex } from '@netstrata/transport/adapters';
 *
 * const [one, other] = duplexPair();
 * const stream = new Duplex(fromNodeDuplex(one));
 * other.on('data', (chunk) => console.log(String(chunk))); // prints hello
 * stream.end('hello');
 * ```
 */
export function fromNodeDuplex(duplex: NodeDuplex, options?: AdapterOptions): Connection {
  return new NodeDuplexConnection(duplex, options);
}

class NodeDuplexConnection extends Adapted {
  readonly #duplex: NodeDuplex;
  #finished = false;

  constructor(duplex: NodeDuplex, options: AdapterOptions | undefined) {
    super(options);
    this.#duplex = duplex;
    // A channel never ends its writing side without `shutdown`.
    duplex.allowHalfOpen = true;
    duplex.pause();
    duplex.on('data', (chunk) => this.arrived(chunk));
    duplex.on('end', () => this.arrivedEnd());
    duplex.on('finish', () => {
      this.#finished = true;
    });
    duplex.on('error', (error) => this.failed(this.pending ? 'write' : 'read', error));
    duplex.on('close', () => this.#closed());
  }

  /** Both directions over: the stream destroyed itself, and the channel waits for `close`. Anything less is a failure. */
  #closed(): void {
    if (!this.ended) this.failed('read', new Error('The stream was closed before it ended'));
    else if (!this.#finished) this.failed('write', new Error('The stream was closed before it finished'));
  }

  protected more(): void {
    this.#duplex.resume();
  }

  override readStop(): void {
    super.readStop();
    if (!this.gone) this.#duplex.pause();
  }

  protected send(copy: Uint8Array): void {
    this.#duplex.write(copy, (error) => {
      if (error) this.failed('write', error);
      else this.sent();
    });
  }

  shutdown(): void {
    // Some versions of readable-stream finish inside `end`.
    this.#duplex.on('finish', () => this.shutDown());
    this.#duplex.end();
  }

  protected release(dropping: boolean): void {
    const duplex = this.#duplex;
    // Where nothing says goodbye on `destroy`, the peer learns of the end by `end`.
    if (dropping || this.#finished) duplex.destroy();
    else duplex.end(() => duplex.destroy());
  }

  protected reset(): void {
    if (this.#duplex.resetAndDestroy) this.#duplex.resetAndDestroy();
    else this.#duplex.destroy();
  }

  ref(): void {
    this.#duplex.ref?.();
  }

  unref(): void {
    this.#duplex.unref?.();
  }
}
