import { copyOf, sizeOf, WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import type { Connection, ConnectSink } from '../contract/transport.js';
import { OverConnection } from './over-connection.js';

/** Who waits for a connection that was accepted below. */
export interface Accepting {
  /** It is ready for the acceptor. */
  opened(layer: LayerConnection): void;
  /** It was closed, or has failed, before it was. */
  gone(layer: LayerConnection): void;
}

const NONE = new Uint8Array(0);

/*
 * How far a layer has come. Up to the last step the connection below reports to the layer.
 */
/** It speaks with the peer itself. */
const SPEAKING = 0;
/** It has said everything, and the caller may write. What comes is still the layer's. */
const HEARING = 1;
/** The connection is the caller's. Some bytes were read too far, or the end was, and come first. */
const EARLY = 2;
/** It is the caller's, and the layer looks at the bytes that pass. */
const WATCHED = 3;
/** The layer is out of the way. */
const DIRECT = 4;
/** The layer has reset what was the caller's already. */
const CUT = 5;
/** `onClose` was called. */
const GONE = 6;

/**
 * A connection over another one, for transports over a transport. A subclass speaks with the peer first (`connected`, `send`, `received`)
 * and then gets out of the way (`opened`): from there on the connection below reports to the sink itself. Reads cost nothing more, lent
 * bytes among them, and a write costs one call.
 *
 * What it keeps of the contract, so that subclasses need not: nothing is reported inside a call (C1), a connection is born stopped (C2),
 * what was read too far comes first (C3), `close` is always possible (C12), counters are of the caller's bytes (C14), `onClose` comes once
 * and last (S6). All of it is one state machine, and so one file.
 */
export abstract class LayerConnection extends OverConnection implements ConnectSink {
  #sink: ChannelSink | null;
  readonly #caller: ConnectSink | Accepting;
  #phase = SPEAKING;
  /** What is still to be said to the peer; the first of it is under way. */
  readonly #unsent: Uint8Array[] = [];
  #early: Uint8Array = NONE;
  /** The peer has ended its side while the layer spoke. */
  #endIsDue = false;
  #watches = false;
  /** How many bytes had come when the layer last looked. */
  #seen = 0;
  /** Where it will be as soon as all was sent. */
  #next: typeof HEARING | typeof EARLY | null = null;
  #reading = false;
  #delivers = false;
  /** How many bytes were said and heard that are not the caller's. */
  #spoken = 0;
  #heard = 0;
  #isClosed = false;
  /** Why there will be no connection. */
  #error: Error | null = null;

  /** With the sink of who dials, or with who waits for a connection that was accepted. */
  constructor(caller: ConnectSink | Accepting) {
    super();
    this.#caller = caller;
    this.#sink = 'onConnect' in caller ? caller : null;
  }

  // ---- for subclasses -----------------------------------------------------------------------------------------------

  /**
   * Puts it over a connection: one that `connect` of the transport below has just returned for it (it is the sink), or one that was
   * accepted there. That may be later, where something has to be looked up first. What comes when nobody wants it any more is closed.
   */
  attach(below: Connection): this {
    this.put(below);
    below.sink = this;
    if (!this.isWanted) below.close();
    return this;
  }

  /** @internal Nobody was told of it yet. */
  get isSpeaking(): boolean {
    return this.#phase === SPEAKING;
  }

  /** The layer still speaks, and somebody wants the connection. */
  protected get isWanted(): boolean {
    return this.#phase <= HEARING && this.#next !== EARLY && !this.#isClosed && this.#error === null;
  }

  /** Says something to the peer, behind what was said before. The bytes have to stay as they are. */
  protected send(bytes: Uint8Array): void {
    if (!this.isWanted || this.#phase === HEARING) return;
    this.#unsent.push(bytes);
    if (this.#unsent.length === 1) this.#sendNext();
  }

  /**
   * The layer has said what it has to, and the caller is connected: it may write, behind that. What comes is the layer's until it calls
   * `opened`; if it calls `fail` instead, a connection that stood has failed.
   */
  protected saidAll(): void {
    if (!this.isWanted || this.#next !== null) return;
    this.#next = HEARING;
    if (this.#unsent.length === 0) this.#goOn();
  }

  /**
   * The layer has said and heard what it has to: the connection is the caller's, once all of it was sent. `early` are bytes of the caller's
   * that were received with it. To be called where the connection below reports something, or from a timer.
   * @param watches what comes after these is shown to `passing`, before it is passed on
   */
  protected opened(early: Uint8Array = NONE, watches = false): void {
    if (!this.isWanted) return;
    this.below!.readStop();
    this.#watches = watches;
    this.#early = sizeOf(early) > 0 ? copyOf(early) : NONE;
    this.#next = EARLY;
    if (this.#unsent.length === 0) this.#goOn();
  }

  /** There will be no connection: what there is of it is closed, or reset, and the caller gets the error when that is done. */
  protected fail(error: Error, how: 'close' | 'abort' = 'close'): void {
    if (!this.isWanted) return;
    this.#error = error;
    this.#release(how);
  }

  /** The connection below stands. The layer may speak, and let it read. */
  protected connected(): void {}

  /** Bytes of the peer's, while the layer speaks. They are the layer's. */
  protected received(_bytes: Uint8Array): void {}

  /** The peer has ended its side while the layer speaks. */
  protected abstract ended(): void;

  /**
   * Bytes of the caller's, which are passed on when this returns, unless it has called `cut`. Not called for what somebody reads past the
   * layer, by the native handle. Returns whether the layer wants to see more.
   */
  protected passing(_bytes: Uint8Array): boolean {
    return false;
  }

  /** From `passing`: nothing more is passed on, the connection is reset, and the caller gets the error. */
  protected cut(error: Error): void {
    if (this.#phase !== WATCHED || this.#isClosed) return;
    this.#phase = CUT;
    this.#error = error;
    if (this.writeString !== undefined) this.writeString = () => WRITE_PENDING;
    this.below!.abort();
  }

  /** The connection below has failed while the layer speaks: what the caller gets for it. */
  protected failure(error: Error): Error {
    return error;
  }

  /** There will be no connection; timers have to stop. */
  protected stopped(): void {}

  // ---- the connection -----------------------------------------------------------------------------------------------

  get sink(): ChannelSink | null {
    return this.#phase === DIRECT ? this.below!.sink : this.#sink;
  }

  set sink(sink: ChannelSink | null) {
    if (this.#phase === DIRECT) this.below!.sink = sink;
    else this.#sink = sink;
  }

  /** For subclasses that know better where the ends are: whether they may be told. The connection below knows one of them at least. */
  protected get isOpen(): boolean {
    return this.#phase !== GONE && (this.#phase !== DIRECT || this.below!.local !== null || this.below!.remote !== null);
  }

  /** Bytes that have arrived behind the header of the layer, for who speaks next; null where there are none. */
  takeEarly(): Uint8Array | null {
    if (this.#phase === DIRECT) return this.below!.takeEarly?.() ?? null;
    const early = this.#early;
    if (this.#phase !== EARLY || this.#isClosed || early.length === 0) return null;
    this.#early = NONE;
    if (!this.#endIsDue) {
      this.#getOutOfTheWay();
      if (this.#reading) this.below!.readStart();
    }
    return early;
  }

  /** That of the connection below, as soon as all that comes from it is the caller's. */
  get native(): unknown {
    return this.#isThrough ? this.below!.native : null;
  }

  get bytesRead(): number {
    if (this.#phase <= HEARING || this.below === null) return 0;
    return this.below.bytesRead - this.#heard - this.#early.length;
  }

  get bytesWritten(): number {
    return this.below === null ? 0 : this.below.bytesWritten - this.#spoken;
  }

  readStart(): void {
    if (this.#isThrough) {
      this.below!.readStart();
      return;
    }
    this.#reading = true;
    this.#deliverSoon();
  }

  readStop(): void {
    if (this.#isThrough) this.below!.readStop();
    else this.#reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.#phase === CUT ? WRITE_PENDING : this.below!.write(chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.#phase === CUT ? WRITE_PENDING : this.below!.writev(chunks);
  }

  shutdown(): void {
    if (this.#phase !== CUT) this.below!.shutdown();
  }

  close(): void {
    this.#leave('close');
  }

  abort(): void {
    this.#leave('abort');
  }

  override ref(): void {
    if (!this.#isClosed) super.ref();
  }

  /** Lets the process end. */
  override unref(): void {
    if (!this.#isClosed) super.unref();
  }

  /** Gives up the handle below, as `Connection.detach` says. */
  detach(): unknown {
    return this.#isThrough ? (this.below!.detach?.() ?? null) : null;
  }

  /** As `Connection.replaceNative`, of the connection below. */
  replaceNative(native: unknown): boolean {
    return this.#isThrough && this.below!.replaceNative?.(native) === true;
  }

  // ---- reports from below -------------------------------------------------------------------------------------------

  /** @internal */
  onConnect(): void {
    if (this.isWanted) this.connected();
  }

  /** @internal */
  onData(chunk: Uint8Array): void {
    if (this.#phase === WATCHED) this.#watch(chunk);
    else if (this.isWanted) this.received(chunk);
  }

  /** @internal */
  onEnd(): void {
    if (this.#phase === WATCHED) {
      this.#sink?.onEnd();
    } else if (this.isWanted) {
      this.#endIsDue = true;
      this.ended();
    }
  }

  /** @internal */
  onWriteDone(): void {
    if (this.#phase !== SPEAKING) this.#sink?.onWriteDone();
    else if (this.#unsent.length > 0) {
      this.#unsent.shift();
      this.#sendNext();
    }
  }

  /** @internal */
  onShutdownDone(): void {
    this.#sink?.onShutdownDone();
  }

  /** @internal */
  onClose(error: Error | null): void {
    if (this.#phase === GONE) return;
    const wasSpeaking = this.#phase === SPEAKING;
    // Nothing of what it has heard was the caller's.
    if (this.#phase <= HEARING) this.#heard = this.below?.bytesRead ?? 0;
    if (this.#phase > HEARING) this.#error ??= error;
    else if (error !== null && this.#error === null && !this.#isClosed) {
      this.#error = this.failure(error);
      this.stopped();
    }
    this.#phase = GONE;
    const reported = this.#error;
    this.#error = null;
    this.#early = NONE;
    if ('gone' in this.#caller && wasSpeaking) this.#caller.gone(this);
    else this.#sink?.onClose(reported);
  }

  // ---- within -------------------------------------------------------------------------------------------------------

  #sendNext(): void {
    while (this.#unsent.length > 0) {
      const [next] = this.#unsent;
      this.#spoken += sizeOf(next);
      if (this.below!.write(next) === WRITE_PENDING) return;
      this.#unsent.shift();
    }
    if (this.#next !== null) this.#goOn();
  }

  #goOn(): void {
    const wasSpeaking = this.#phase === SPEAKING;
    if (this.#next === EARLY) this.#open();
    else this.#phase = HEARING;
    if (!wasSpeaking) this.#readOn();
    else if ('onConnect' in this.#caller) this.#caller.onConnect();
    else this.#caller.opened(this);
  }

  #open(): void {
    this.#heard = this.below!.bytesRead - this.#early.length;
    if (this.#early.length > 0 || this.#endIsDue) this.#phase = EARLY;
    else this.#getOutOfTheWay();
  }

  /** The caller, who was connected before, may have asked for bytes meanwhile. */
  #readOn(): void {
    if (!this.#reading) return;
    if (this.#isThrough) this.below!.readStart();
    else this.#deliverSoon();
  }

  get #isThrough(): boolean {
    return this.#phase === DIRECT || this.#phase === WATCHED;
  }

  #getOutOfTheWay(): void {
    if (this.#watches) {
      this.#watches = false;
      this.#phase = WATCHED;
      this.#seen = this.below!.bytesRead;
      return;
    }
    this.#phase = DIRECT;
    this.below!.sink = this.#sink;
    this.#sink = null;
  }

  #watch(chunk: Uint8Array): void {
    if (this.#isClosed) return;
    const { length } = chunk;
    const isWhole = this.below!.bytesRead === this.#seen + length;
    this.#seen += length;
    const sink = this.#sink;
    const goesOn = isWhole && this.passing(chunk);
    if (this.#phase === CUT) {
      this.#heard += length;
      return;
    }
    if (!goesOn) this.#getOutOfTheWay();
    sink?.onData(chunk);
  }

  #deliverSoon(): void {
    if (this.#delivers || this.#phase !== EARLY) return;
    this.#delivers = true;
    queueMicrotask(() => {
      this.#delivers = false;
      if (this.#phase === EARLY && this.#reading && !this.#isClosed) this.#deliver();
    });
  }

  /** What was read too far, then the end if that has been. One in each call: the sink may do anything in each. */
  #deliver(): void {
    const early = this.#early;
    this.#early = NONE;
    if (this.#endIsDue && early.length > 0) {
      this.#deliverSoon();
      this.#sink?.onData(early);
      return;
    }
    const sink = this.#sink;
    this.#getOutOfTheWay();
    // What else there is comes later, whatever the sink does now.
    this.below!.readStart();
    if (this.#endIsDue) sink?.onEnd();
    else sink?.onData(early);
  }

  #leave(how: 'close' | 'abort'): void {
    // What was about to be reported is not any more.
    this.#error = null;
    if (this.#isClosed || this.#phase === GONE) return;
    this.#isClosed = true;
    this.#release(how);
  }

  #release(how: 'close' | 'abort'): void {
    this.#unsent.length = 0;
    if (this.#phase <= HEARING) this.stopped();
    if (this.below === null) queueMicrotask(() => this.onClose(null));
    else this.below[how]();
  }
}
