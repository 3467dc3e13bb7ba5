import { randomBytes } from 'node:crypto';
import { joined, sizeOf, WRITE_DONE, WRITE_PENDING, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import { FrameReader, type Frame } from './frame-reader.js';
import { DATA, deriveKeys, END, MAX_PLAIN, Opener, PROOF, SALT_SIZE, Sealer } from './frames.js';
import { Wrapped } from './wrapped.js';

/** How long the end of a connection that was closed may take to get into the inner one. */
const LINGER_MS = 30_000;

/**
 * Each end sends a salt. When it has that of the other it derives the keys; the end that accepted then proves that it has the secret,
 * and the one that dialled is connected. From there on: frames of data, and one that says that it is the end.
 */
export class EncryptedConnection extends Wrapped {
  readonly #secret: Uint8Array;
  readonly #endpoint: Endpoint | null;
  readonly #salt = randomBytes(SALT_SIZE);
  readonly #hasDialled: boolean;
  #sealer: Sealer | null = null;
  #opener: Opener | null = null;
  /** The peer has shown that it has the secret, as far as it must before data may come. */
  #isOpen = false;

  constructor(secret: Uint8Array, dialling: ConnectSink | null, endpoint: Endpoint | null) {
    super(dialling);
    this.#secret = secret;
    this.#endpoint = endpoint;
    this.#hasDialled = dialling !== null;
  }

  override attach(inner: Connection): this {
    super.attach(inner);
    if (!this.#hasDialled) this.#greet();
    return this;
  }

  override onConnect(): void {
    if (!this.#gone) this.#greet();
  }

  #greet(): void {
    this.#send([this.#salt]);
    this.inner.readStart();
  }

  #agree(salt: Uint8Array): void {
    const keys = this.#hasDialled ? deriveKeys(this.#secret, this.#salt, salt) : deriveKeys(this.#secret, salt, this.#salt);
    this.#sealer = new Sealer(this.#hasDialled ? keys.dial : keys.accept);
    this.#opener = new Opener(this.#hasDialled ? keys.accept : keys.dial);
    if (this.#hasDialled) return;
    this.#opened();
    this.#send([this.#sealer.seal(PROOF, new Uint8Array())]);
    if (this.#held) this.#send(this.#sealer.sealAll([this.#held]));
    this.#held = null;
    this.#advance();
  }

  #opened(): void {
    this.#isOpen = true;
    if (!this.#reading) this.inner.readStop();
  }

  // Reading.

  readonly #incoming = new FrameReader();
  #read = 0;
  #reading = false;
  #hasEnded = false;
  #innerHasEnded = false;

  override get bytesRead(): number {
    return this.#read;
  }

  override readStart(): void {
    if (this.#gone) return;
    this.#reading = true;
    this.inner.readStart();
    queueMicrotask(this.#drain);
  }

  override readStop(): void {
    this.#reading = false;
    // Until it is open, what comes is not for the user.
    if (this.#isOpen) this.inner.readStop();
  }

  override onData(chunk: Uint8Array): void {
    if (this.#gone) return;
    this.#incoming.push(chunk);
    this.#drain();
  }

  override onEnd(): void {
    this.#innerHasEnded = true;
    this.#drain();
  }

  readonly #drain = (): void => {
    while (!this.#gone && (this.#reading || !this.#isOpen)) {
      if (!this.#next()) return;
    }
  };

  /** One step: a salt, a frame, or that there are no more. False where it has to wait. */
  #next(): boolean {
    const salt = this.#opener ? null : this.#incoming.salt();
    if (salt) this.#agree(salt);
    const frame = salt ? null : this.#frame();
    if (frame) this.#received(frame);
    if (salt || frame) return true;
    // Anybody can send a FIN. Only who has the secret can say that this is the end.
    if (this.#innerHasEnded && !this.#hasEnded) this.#broken('It ended without saying so');
    return false;
  }

  #frame(): Frame | null {
    try {
      return this.#opener && this.#incoming.frame(this.#opener);
    } catch (reason) {
      this.#fail(reason);
      return null;
    }
  }

  #received({ kind, plain }: Frame): void {
    if (this.#hasEnded) this.#broken('A frame after the end');
    else if (!this.#isOpen) {
      this.#opened();
      if (kind === PROOF) super.onConnect();
      else this.#broken('Data before the proof');
    } else if (kind === DATA) {
      this.#read += plain.length;
      super.onData(plain);
    } else if (kind === END) {
      this.#hasEnded = true;
      super.onEnd();
    } else this.#broken(`A frame of kind ${kind}`);
  }

  // Writing.

  /** Sealed, and not given to the inner connection yet. */
  #out: Uint8Array[] = [];
  #innerIsBusy = false;
  #written = 0;
  #pending = false;
  /** A write from before there were keys. */
  #held: Uint8Array | null = null;
  #ending = false;
  #endIsSealed = false;

  override get bytesWritten(): number {
    return this.#written;
  }

  /** What is written is read when it is sealed, and goes no further. */
  override get takesShared(): boolean {
    return true;
  }

  /** All of a write is sealed at once. */
  override get writevLimit(): number {
    return 16 * MAX_PLAIN;
  }

  override write(chunk: Uint8Array): WriteStatus {
    return this.#accept([chunk]);
  }

  override writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.#accept(chunks);
  }

  #accept(chunks: readonly Uint8Array[]): WriteStatus {
    const length = chunks.reduce((sum, chunk) => sum + sizeOf(chunk), 0);
    if (length === 0) return WRITE_DONE;
    this.#written += length;
    if (this.#sealer) this.#send(this.#sealer.sealAll(chunks));
    else this.#held = joined(chunks);
    this.#pending = this.#innerIsBusy || this.#held !== null;
    return this.#pending ? WRITE_PENDING : WRITE_DONE;
  }

  #send(frames: readonly Uint8Array[]): void {
    this.#out.push(...frames);
    if (this.#innerIsBusy || this.#out.length === 0) return;
    const out = this.#out;
    this.#out = [];
    this.#innerIsBusy = this.inner.writev(out) === WRITE_PENDING;
  }

  override onWriteDone(): void {
    this.#innerIsBusy = false;
    this.#send([]);
    this.#advance();
  }

  override shutdown(): void {
    this.#ending = true;
    if (!this.#pending) this.#advance();
  }

  /** The inner connection has taken all that was sealed: what was waiting for that goes on. */
  #advance(): void {
    if (this.#innerIsBusy || !this.#sealer) return;
    if (this.#pending) {
      this.#pending = false;
      if (!this.#gone) super.onWriteDone();
    }
    if (!this.#ending || this.#innerIsBusy) return;
    if (!this.#endIsSealed) {
      this.#endIsSealed = true;
      this.#send([this.#sealer.seal(END, new Uint8Array())]);
    }
    if (this.#innerIsBusy) return;
    this.#ending = false;
    if (this.#gone) this.#release();
    else this.inner.shutdown();
  }

  override onShutdownDone(): void {
    if (!this.#gone) super.onShutdownDone();
  }

  // Closing.

  #gone = false;
  #error: Error | null = null;
  #linger: ReturnType<typeof setTimeout> | undefined;

  override get local(): Endpoint | null {
    return this.#gone ? null : super.local;
  }

  override get remote(): Endpoint | null {
    return this.#gone ? null : super.remote;
  }

  /** The peer must be told that this is the end. The inner connection stays until it has taken that. */
  override close(): void {
    this.#error = null;
    if (this.#gone) return;
    this.#leave();
    if (!this.#sealer) {
      this.inner.close();
      return;
    }
    this.inner.readStop();
    this.#linger = setTimeout(() => this.inner.abort(), LINGER_MS);
    // The inner connection decides what keeps the process alive.
    this.#linger.unref();
    this.#ending = true;
    this.#advance();
  }

  #release(): void {
    clearTimeout(this.#linger);
    this.inner.close();
  }

  override abort(): void {
    this.#error = null;
    if (this.#gone) return;
    this.#leave();
    this.inner.abort();
  }

  #broken(why: string): void {
    this.#fail(new Error(why));
  }

  /** Somebody else has had a hand in this, or has another secret. */
  #fail(cause: unknown): void {
    if (this.#gone) return;
    const isMade = this.#isOpen || !this.#hasDialled;
    const error = isMade ? systemError({ syscall: 'read', code: 'EPROTO' }) : systemError({ syscall: 'connect', code: 'EPROTO', endpoint: this.#endpoint });
    this.#error = Object.assign(error, { cause });
    this.#leave();
    this.inner.abort();
  }

  #leave(): void {
    this.#gone = true;
    queueMicrotask(() => super.onClose(this.#error));
  }

  override onClose(error: Error | null): void {
    clearTimeout(this.#linger);
    if (this.#gone) return;
    this.#error = error;
    this.#leave();
  }
}
