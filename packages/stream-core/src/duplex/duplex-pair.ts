import { copyOf, joined } from '../bytes/bytes.js';
import { WRITE_DONE, WRITE_PENDING, type Channel, type ChannelSink, type WriteStatus } from '../contract/channel.js';
import { codedError } from '../base/errors.js';
import { Duplex } from './duplex.js';
import { DUPLEX_OPTIONS, type DuplexOptions } from './duplex-options.js';
import { optionsOf } from '../base/options.js';
import { streamClock, type StreamClock } from '../base/clock.js';

/**
 * Two streams joined back to back: what is written to one is read from the other.
 * @example
 * ```js
 * import { duplexPair } from '@netstrata/stream-core';
 *
 * const [one, other] = duplexPair();
 * other.on('data', (chunk) => console.log(String(chunk))); // prints hello
 * one.end('hello');
 * ```
 */
export function duplexPair(given?: DuplexOptions): [Duplex, Duplex] {
  const options = optionsOf(given, DUPLEX_OPTIONS);
  const a = new PairChannel(options.clock ?? streamClock);
  const b = new PairChannel(options.clock ?? streamClock);
  a.peer = b;
  b.peer = a;
  return [new Duplex(a, options), new Duplex(b, options)];
}

/** One end: it holds what it received until its sink reads. A write is pending until the peer has read it. */
class PairChannel implements Channel {
  sink: ChannelSink | null = null;
  readonly takesShared = true;
  bytesRead = 0;
  bytesWritten = 0;
  peer: PairChannel | null = null;
  #inbox: Uint8Array | null = null;
  #reading = false;
  #ended = false;
  #endDelivered = false;
  #writing = false;
  #closed = false;
  #scheduled = false;
  readonly #clock: StreamClock;

  constructor(clock: StreamClock) {
    this.#clock = clock;
  }

  readStart(): void {
    this.#reading = true;
    this.#schedule();
  }

  readStop(): void {
    this.#reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.#send(copyOf(chunk));
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.#send(joined(chunks));
  }

  #send(bytes: Uint8Array): WriteStatus {
    this.bytesWritten += bytes.length;
    if (bytes.length === 0) return WRITE_DONE;
    this.#writing = true;
    const { peer } = this;
    if (peer === null || peer.#closed) {
      this.#clock.nextTick(failWrite, this);
    } else {
      peer.#inbox = bytes;
      peer.#schedule();
    }
    return WRITE_PENDING;
  }

  shutdown(): void {
    const { peer } = this;
    if (peer !== null) {
      peer.#ended = true;
      peer.#schedule();
    }
    this.#clock.nextTick(shutdownDone, this);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inbox = null;
    const { peer } = this;
    if (peer !== null && !peer.#closed) {
      peer.#ended = true;
      peer.#schedule();
      if (peer.#writing) this.#clock.nextTick(failWrite, peer);
    }
    this.#clock.nextTick(closed, this);
  }

  abort(): void {
    const { peer } = this;
    if (peer !== null && !peer.#closed) this.#clock.nextTick(failWrite, peer);
    this.close();
  }

  ref(): void {}
  unref(): void {}

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.nextTick(deliver, this);
  }

  /** @internal */
  deliver(): void {
    this.#scheduled = false;
    if (this.#closed || !this.#reading) return;
    const bytes = this.#inbox;
    if (bytes !== null) {
      this.#inbox = null;
      this.bytesRead += bytes.length;
      // A listener of the user's may throw: what else there is comes all the same.
      if (this.#ended) this.#schedule();
      try {
        this.sink?.onData(bytes);
      } finally {
        this.peer?.taken();
      }
    }
    if (this.#ended && this.#inbox === null && this.#reading && !this.#closed && !this.#endDelivered) {
      this.#endDelivered = true;
      this.sink?.onEnd();
    }
  }

  /** @internal The peer has read what was written. */
  taken(): void {
    if (this.#closed || !this.#writing) return;
    this.#writing = false;
    this.#clock.nextTick(writeDone, this);
  }

  /** @internal */
  report(what: 'onWriteDone' | 'onShutdownDone'): void {
    if (!this.#closed) this.sink?.[what]();
  }

  /** @internal The peer is gone: a pending write fails, and with it the channel. */
  fail(): void {
    if (this.#closed) return;
    this.#closed = true;
    const [syscall, code] = this.#writing ? ['write', 'EPIPE'] : ['read', 'ECONNRESET'];
    const error = Object.assign(codedError(Error, code, `${syscall} ${code}`), { syscall });
    this.sink?.onClose(error);
  }

  /** @internal */
  reportClosed(): void {
    this.sink?.onClose(null);
  }
}

function deliver(channel: PairChannel): void { channel.deliver(); }
function failWrite(channel: PairChannel): void { channel.fail(); }
function writeDone(channel: PairChannel): void { channel.report('onWriteDone'); }
function shutdownDone(channel: PairChannel): void { channel.report('onShutdownDone'); }
function closed(channel: PairChannel): void { channel.reportClosed(); }
