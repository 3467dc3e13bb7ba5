import { type Borrowing, type ChannelSink } from '@netstrata/stream-core';
import { systemError, type Connection, type Endpoint } from '@netstrata/transport';
import { Timeout } from '@netstrata/transport/layers';
import { FrameParser } from '../frames/frame-parser.js';
import { ACK, GO_AWAY, INITIAL_WINDOW, NORMAL, PING, PROTOCOL_ERROR, RST, WINDOW_UPDATE } from '../frames/header.js';
import type { Settings } from '../options/mux-options.js';
import { MuxStream } from '../stream/mux-stream.js';
import type { StreamHost } from '../stream/stream-host.js';
import { Dials, type DialsOwner } from './dials.js';
import { Incoming, type IncomingOwner } from './incoming.js';
import type { ListenerPlace, MuxListener } from './mux-listener.js';
import { Outbox, type OutboxOwner } from './outbox.js';
import { Pings, type PingDone, type PingOwner } from './pings.js';
import { StreamTable, type TableOwner } from './stream-table.js';
import { Turns } from './turns.js';

/** So much of what a peer says after the end of a session is listened to. */
const LAST_WORDS = 1_048_576;

/** Streams may be opened. */
const OPEN = 0;
/** No new ones; it ends after the last. */
const DRAINING = 1;
/** It is over: what was said leaves, and the peer may end its side. */
const ENDING = 2;
const CLOSED = 3;

/** Who has made a session. */
export interface SessionOwner {
  /** Whether it takes new streams may have changed. */
  onSessionChanged(): void;
  /** The carrier is gone: once, and last. */
  onSessionClosed(error: Error | null): void;
}

/**
 * One session of yamux over a connection, whose sink it is. It never stops reading there: what a stream's reader does not take waits in
 * that stream, within its window. What it says goes through one outbox; streams with more than that has room for take turns.
 */
export class Session implements ChannelSink, StreamHost, ListenerPlace, DialsOwner, IncomingOwner, OutboxOwner, PingOwner, TableOwner {
  readonly #carrier: Connection;
  readonly #settings: Settings;
  readonly #owner: SessionOwner;
  readonly #parser: FrameParser;
  readonly #outbox: Outbox;
  readonly #table: StreamTable;
  readonly #turns: Turns;
  readonly #dials: Dials;
  readonly #pings: Pings;
  readonly #ending: Timeout;
  #state = OPEN;
  #error: Error | null = null;
  #listener: MuxListener | null = null;
  /** The peer takes no new streams. */
  #peerWentAway = false;
  #peerEnded = false;
  #hasFinished = false;
  /** The carrier was aborted, or is gone. */
  #isLeft = false;
  #holds = 0;
  #isHolding = true;
  /** Bytes that came since the session is over. */
  #lastWords = 0;

  constructor(carrier: Connection, firstId: number, settings: Settings, owner: SessionOwner) {
    this.#carrier = carrier;
    this.#settings = settings;
    this.#owner = owner;
    const { timers, timeout } = settings;
    this.#outbox = new Outbox(carrier, this, timers, timeout);
    this.#table = new StreamTable(firstId, this, timers, timeout);
    this.#turns = new Turns(this.#outbox);
    this.#dials = new Dials(this, this.#table, settings);
    this.#parser = new FrameParser(new Incoming(this, this.#table));
    this.#pings = new Pings(settings, this);
    this.#ending = new Timeout(timers);
    carrier.sink = this;
    this.#updateHold();
    // Who has made it may want to listen first.
    queueMicrotask(this.#begin);
  }

  readonly #begin = (): void => {
    if (this.#isLeft) return;
    this.#carrier.readStart();
    this.#pings.later();
  };

  get window(): number {
    return this.#settings.window;
  }

  get local(): Endpoint | null {
    return this.#carrier.local;
  }

  /** How many streams there are, with those that only the peer has not ended yet. */
  get streams(): number {
    return this.#table.size;
  }

  /** Whether a stream may be opened. */
  get takesStreams(): boolean {
    return this.#state === OPEN && !this.#peerWentAway && !this.#table.isExhausted;
  }

  get isOver(): boolean {
    return this.#state >= ENDING;
  }

  // ---- streams ------------------------------------------------------------------------------------------------------

  /** Opens a stream, or does so when the peer has answered others. */
  open(stream: MuxStream): void {
    stream.join(this);
    if (this.#state >= ENDING) stream.fail('ECONNRESET', this.#error);
    else if (!this.takesStreams) stream.fail('ECONNREFUSED');
    else this.#dials.add(stream);
  }

  hold(by: 1 | -1): void {
    this.#holds += by;
    this.#updateHold();
  }

  /** The carrier keeps the process alive as long as a stream or a listener does, or something was written that it has not taken. */
  #updateHold(): void {
    const holds = this.#holds > 0 || this.#outbox.isBusy;
    if (holds === this.#isHolding) return;
    this.#isHolding = holds;
    if (holds) this.#carrier.ref();
    else this.#carrier.unref();
  }

  say(type: number, flags: number, id: number, length: number): void {
    this.#outbox.say(type, flags, id, length);
  }

  sendAtOnce(id: number, chunk: Uint8Array, size: number): boolean {
    return this.#outbox.sendAtOnce(id, chunk, size);
  }

  send(stream: MuxStream): void {
    this.#turns.send(stream);
  }

  sendSoon(stream: MuxStream): void {
    this.#turns.soon(stream);
  }

  onTurn(): void {
    this.#turns.take();
    this.#updateHold();
  }

  forget(stream: MuxStream): void {
    this.#dials.delete(stream);
    this.#turns.delete(stream);
    this.#answered(stream);
    if (this.#table.get(stream.id) === stream) this.#delete(stream.id);
  }

  #answered(stream: MuxStream): void {
    this.#table.answered(stream);
    this.#dials.soon();
  }

  linger(stream: MuxStream): void {
    this.#table.linger(stream.id);
  }

  #delete(id: number): void {
    this.#table.delete(id);
    this.#endIfDrained();
  }

  onLingered(id: number): void {
    this.say(WINDOW_UPDATE, RST, id, 0);
    this.#endIfDrained();
  }

  onUnanswered(stream: MuxStream): void {
    stream.unanswered();
  }

  // ---- listening ----------------------------------------------------------------------------------------------------

  listen(listener: MuxListener): void {
    listener.join(this);
    if (this.#state >= ENDING) listener.leave(this.#lossOf('listen'));
    else if (this.#listener !== null) listener.taken();
    else {
      this.#listener = listener;
      listener.begin();
    }
  }

  forgetListener(listener: MuxListener): void {
    if (this.#listener === listener) this.#listener = null;
  }

  #lossOf(syscall: string): Error {
    return Object.assign(systemError({ syscall, code: 'ECONNRESET' }), this.#error === null ? {} : { cause: this.#error });
  }

  // ---- frames of the peer -------------------------------------------------------------------------------------------

  onOpened(id: number, permitted: number): MuxStream | null {
    const listener = this.#listener;
    if (listener?.isListening !== true || this.#state !== OPEN || this.#table.peers >= this.#settings.maxStreams) {
      this.#outbox.answer(WINDOW_UPDATE, RST, id, 0);
      return null;
    }
    const stream = new MuxStream(this, null, listener.local, this.#carrier.remote);
    stream.join(this);
    this.#table.accepted(id, stream);
    this.#outbox.answer(WINDOW_UPDATE, ACK, id, this.window - INITIAL_WINDOW);
    stream.accepted(id);
    // What the SYN allows, before it is written to.
    stream.permitted(permitted);
    listener.accept(stream);
    return stream;
  }

  onAnswered(stream: MuxStream): void {
    this.#answered(stream);
    stream.answered();
  }

  onFarewell(id: number): void {
    this.#delete(id);
  }

  onUnwanted(id: number): void {
    this.#outbox.answer(WINDOW_UPDATE, RST, id, 0);
    this.#delete(id);
  }

  onPing(value: number): void {
    this.#outbox.answer(PING, ACK, 0, value);
  }

  onPong(value: number): void {
    this.#pings.answered(value);
  }

  onGoAway(reason: number): void {
    if (reason !== NORMAL) {
      this.#end(systemError({ syscall: 'read', code: 'ECONNRESET', text: `the peer went away with reason ${reason}` }), NORMAL);
      return;
    }
    this.#peerWentAway = true;
    // It opens none either: whoever listens for them should do so elsewhere.
    this.#listener?.leave(this.#lossOf('listen'));
    this.#dials.openSome();
    this.#endIfDrained();
    this.#owner.onSessionChanged();
  }

  onViolation(what: string): void {
    this.#end(systemError({ syscall: 'read', code: 'EPROTO', text: `the peer sent ${what}` }), PROTOCOL_ERROR);
  }

  // ---- pings --------------------------------------------------------------------------------------------------------

  get roundTrip(): number | null {
    return this.#pings.roundTrip;
  }

  ping(done: PingDone): void {
    if (this.#state < ENDING) this.#pings.ask(done);
    else queueMicrotask(() => done(this.#lossOf('ping'), 0));
  }

  onSilence(error: Error): void {
    this.#end(error, null);
  }

  // ---- reports of the carrier ---------------------------------------------------------------------------------------

  readonly wantsBorrowed: Borrowing = 'briefly';

  onBorrowed(chunk: Uint8Array): boolean {
    this.#pings.heard();
    if (this.#state < ENDING) this.#parser.push(chunk);
    else if ((this.#lastWords += chunk.length) > LAST_WORDS) this.#leave();
    return true;
  }

  onData(chunk: Uint8Array): void {
    this.onBorrowed(chunk);
  }

  onEnd(): void {
    this.#peerEnded = true;
    if (this.#state < ENDING) this.#end(this.#isQuiet ? null : systemError({ syscall: 'read', code: 'ECONNRESET' }), NORMAL);
    else if (this.#hasFinished) this.#carrier.close();
  }

  /** No stream would notice that there is no carrier any more. */
  get #isQuiet(): boolean {
    return this.#dials.size === 0 && this.#table.open.length === 0;
  }

  onWriteDone(): void {
    this.#outbox.onWriteDone();
    this.#updateHold();
  }

  onShutdownDone(): void {
    if (this.#peerEnded) this.#carrier.close();
  }

  onClose(error: Error | null): void {
    if (this.#state < ENDING) this.#end(error ?? systemError({ syscall: 'read', code: 'ECONNRESET' }), null);
    this.#state = CLOSED;
    this.#isLeft = true;
    this.#ending.stop();
    this.#outbox.close();
    this.#owner.onSessionClosed(this.#error);
  }

  // ---- reports of the outbox ----------------------------------------------------------------------------------------

  onFlood(): void {
    this.#end(systemError({ syscall: 'write', code: 'ENOBUFS', text: 'the peer asks and does not read the answers' }), null);
  }

  onStall(): void {
    const error = systemError({ syscall: 'write', code: 'ETIMEDOUT' });
    if (this.#state < ENDING) this.#end(error, null);
    else this.#leave();
  }

  onFinished(): void {
    this.#hasFinished = true;
    this.#carrier.shutdown();
  }

  // ---- ending -------------------------------------------------------------------------------------------------------

  /** No new streams; it ends after the last. */
  drain(): void {
    if (this.#state !== OPEN) return;
    this.#state = DRAINING;
    this.say(GO_AWAY, 0, 0, NORMAL);
    this.#dials.openSome();
    this.#owner.onSessionChanged();
    queueMicrotask(() => this.#endIfDrained());
  }

  #endIfDrained(): void {
    const goesAway = this.#state === DRAINING || (this.#state === OPEN && this.#peerWentAway);
    if (goesAway && this.#table.size === 0 && this.#dials.size === 0) this.#end(null, NORMAL);
  }

  /** Resets what is open, and says goodbye. */
  close(): void {
    this.#end(null, NORMAL);
  }

  /** Without a word. */
  abort(): void {
    this.#end(null, null);
    this.#leave();
  }

  /** Nothing more is said to the carrier. */
  #leave(): void {
    if (this.#isLeft) return;
    this.#isLeft = true;
    this.#outbox.close();
    this.#carrier.abort();
  }

  /**
   * The session is over, and all that it has is told so.
   * @param goAway the reason that the peer is told; null where nothing can be said any more
   */
  #end(error: Error | null, goAway: number | null): void {
    if (this.#state >= ENDING) return;
    const wentAway = this.#state === DRAINING && goAway === NORMAL;
    this.#state = ENDING;
    this.#error = error;
    const streams = [...this.#dials.clear(), ...this.#table.open];
    this.#table.clear();
    this.#turns.clear();
    for (const stream of streams) stream.lost(error);
    this.#listener?.leave(this.#lossOf('listen'));
    this.#pings.close(this.#lossOf('ping'));
    if (goAway === null) {
      this.#leave();
      return;
    }
    if (!wentAway) this.say(GO_AWAY, 0, 0, goAway);
    this.#outbox.end();
    this.#ending.start(this.#settings.timeout, () => this.#leave());
    this.#updateHold();
  }
}
