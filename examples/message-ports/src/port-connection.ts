import { ByteQueue, copyOf, joined, WRITE_DONE, WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type ConnectSink, type Connection, type Endpoint } from '@netstrata/transport';
import { WINDOW, type Message } from './messages.js';

/** The endpoints that a connection knows: `remote` at the end that connected, `local` at the end that accepted. */
export interface Ends {
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
}

/** One end of a connection: a channel over a port of its own. */
export class PortConnection implements Connection {
  sink: ChannelSink | null = null;
  bytesRead = 0;
  bytesWritten = 0;
  readonly #port: MessagePort;
  readonly #ends: Ends;
  /** The sink that waits for the other side's answer. */
  #dialling: ConnectSink | null;

  constructor(port: MessagePort, ends: Ends, dialling: ConnectSink | null) {
    this.#port = port;
    this.#ends = ends;
    this.#dialling = this.sink = dialling;
    port.onmessage = ({ data }) => this.#received(data as Message);
    port.addEventListener('close', () => this.#lost());
  }

  get local(): Endpoint | null {
    return this.#gone ? null : (this.#ends.local ?? null);
  }

  get remote(): Endpoint | null {
    return this.#gone ? null : (this.#ends.remote ?? null);
  }

  ref(): void {
    this.#port.ref?.();
  }

  unref(): void {
    this.#port.unref?.();
  }

  #post(message: Message): void {
    this.#port.postMessage(message);
  }

  #received(message: Message): void {
    if (this.#gone) return;
    if (typeof message === 'number') this.#credited(message);
    else if (typeof message !== 'string') {
      this.#inbox.push(message);
      this.#deliver();
    } else this.#heard(message);
  }

  #heard(word: Message & string): void {
    switch (word) {
      case 'accepted':
        this.#connected();
        break;
      case 'refused':
        this.#fail('connect', 'ECONNREFUSED');
        break;
      case 'end':
        this.#peerEnded = true;
        this.#deliver();
        break;
      case 'close':
        this.#peerClosed();
        break;
      case 'reset':
        this.#fail('read', 'ECONNRESET');
        break;
    }
  }

  #connected(): void {
    const sink = this.#dialling;
    this.#dialling = null;
    sink?.onConnect();
  }

  // Reading.

  readonly #inbox = new ByteQueue();
  #reading = false;
  /** Bytes that were read, but not credited to the peer yet. */
  #owed = 0;
  #peerEnded = false;
  #endTold = false;

  readStart(): void {
    this.#reading = true;
    queueMicrotask(this.#deliver);
  }

  readStop(): void {
    this.#reading = false;
  }

  readonly #deliver = (): void => {
    while (this.#isOpen() && this.#inbox.length > 0) {
      const chunk = this.#inbox.shift()!;
      this.bytesRead += chunk.length;
      this.#owe(chunk.length);
      this.sink?.onData(chunk);
    }
    if (!this.#isOpen() || !this.#peerEnded || this.#endTold) return;
    this.#endTold = true;
    this.sink?.onEnd();
  };

  /** Checked again after every call of the sink: it may have stopped or closed. */
  #isOpen(): boolean {
    return this.#reading && !this.#gone;
  }

  /** Credits go back a quarter of the window at a time: one message for many small chunks. */
  #owe(length: number): void {
    this.#owed += length;
    if (this.#owed < WINDOW / 4) return;
    this.#post(this.#owed);
    this.#owed = 0;
  }

  // Writing.

  /** Bytes that were sent, and not yet credited by the peer. */
  #unread = 0;
  #pending = false;
  #ending = false;
  readonly takesShared = true;
  readonly writevLimit = WINDOW;

  write(chunk: Uint8Array): WriteStatus {
    return this.#send(copyOf(chunk));
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.#send(joined(chunks));
  }

  #send(copy: Uint8Array): WriteStatus {
    if (copy.length === 0) return WRITE_DONE;
    this.bytesWritten += copy.length;
    this.#unread += copy.length;
    if (this.#peerGone) this.#fail('write', 'EPIPE');
    else this.#port.postMessage(copy, [copy.buffer as ArrayBuffer]);
    this.#pending = this.#peerGone || this.#unread > WINDOW;
    return this.#pending ? WRITE_PENDING : WRITE_DONE;
  }

  #credited(read: number): void {
    this.#unread -= read;
    if (!this.#pending || this.#unread > WINDOW) return;
    this.#pending = false;
    this.sink?.onWriteDone();
    if (this.#ending) this.#shutDown();
  }

  shutdown(): void {
    this.#ending = true;
    this.#post('end');
    if (!this.#pending) queueMicrotask(this.#shutDown);
  }

  readonly #shutDown = (): void => {
    if (!this.#gone) this.sink?.onShutdownDone();
  };

  // Closing.

  /** Closed or failed: `onClose` is on its way, or was called. */
  #gone = false;
  /** What `onClose` will report. `close` replaces a failure that was not reported yet. */
  #error: Error | null = null;
  #peerGone = false;

  close(): void {
    this.#error = null;
    this.#leave('close');
  }

  abort(): void {
    this.#error = null;
    this.#leave('reset');
  }

  #fail(syscall: 'connect' | 'read' | 'write', code: string): void {
    const endpoint = syscall === 'connect' ? this.#ends.remote : undefined;
    this.#error = systemError({ syscall, code, endpoint });
    this.#leave('reset');
  }

  #leave(word: 'close' | 'reset'): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#inbox.clear();
    this.#post(word);
    this.#port.close();
    queueMicrotask(() => this.sink?.onClose(this.#error));
  }

  /** What the peer sent before can still be read; writing to it is not possible any more. */
  #peerClosed(): void {
    this.#peerGone = this.#peerEnded = true;
    if (this.#pending) this.#fail('write', 'EPIPE');
    else this.#deliver();
  }

  /** The port is closed. Without a message before that, its thread has died, or nobody took the call. */
  #lost(): void {
    if (this.#gone || this.#peerGone) return;
    if (this.#dialling) this.#fail('connect', 'ECONNREFUSED');
    else this.#fail('read', 'ECONNRESET');
  }
}
