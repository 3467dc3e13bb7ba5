import { engine } from '@netstrata/stream-core';
import type { Connection, Transport } from '@netstrata/transport';
import type { Attempt } from '../dial/attempt.js';
import type { DialState } from '../dial/dialling-socket.js';
import { contextOf } from '../net/context.js';
import type { AddressInfo } from '../args/endpoints.js';
import type { KeepAlive } from '../args/keep-alive.js';
import type { SocketFace } from '../net/socket-face.js';
import { UserBuffer, type OnReadOptions } from './user-buffer.js';

/*
 * What a socket knows of itself, one bit each.
 */
const NO_DELAY = 1 << 0;
/** Connections shall not keep the process alive. */
const UNREFED = 1 << 1;
/** There was a connection, or the wish for one: then 'close' tells whether it ended in an error. */
const OPENED = 1 << 2;
/** The same, as it was when the socket was destroyed. */
const TELLS_WHY = 1 << 3;
/** The connection has gone, and is here only for what it has counted. */
const LEFT = 1 << 4;

/** What few sockets need, or none until it ends. */
class Details {
  attempt: Attempt | null = null;
  bound: 'tcp' | 'pipe' | null = null;
  keepAlive: KeepAlive | null = null;
  typeOfService: number | undefined = undefined;
  onread: OnReadOptions | null = null;
  signal: AbortSignal | null = null;
  local: Partial<AddressInfo> | null = null;
  remote: AddressInfo | null = null;
  /** Connections that are on their way out, while 'close' waits for them. */
  leaving = 0;
  closesDue: boolean[] | null = null;
  /** What the handle still had to write when the idle timeout was last due. */
  unwritten = 0;
}

/** What a socket keeps to itself: its connection, and what is to be done once it has one. */
export class SocketState implements DialState {
  readonly #socket: SocketFace;
  #connection: Connection | null = null;
  /** What `connection` was made by; says whether it can be reset. */
  transport: Transport | null = null;
  #bits = 0;
  /** Null until it is first needed: most accepted sockets do without. */
  #details: Details | null = null;

  constructor(socket: SocketFace) {
    this.#socket = socket;
  }

  get connection(): Connection | null { return (this.#bits & LEFT) === 0 ? this.#connection : null; }
  set connection(connection: Connection | null) {
    this.#connection = connection;
    this.#bits &= ~LEFT;
  }
  /** On the way from `connect` to a connection; for a socket that was made of a BoundSocket, from the beginning. */
  get attempt(): Attempt | null { return this.#details === null ? null : this.#details.attempt; }
  set attempt(attempt: Attempt | null) { if (attempt !== this.attempt) this.detailed.attempt = attempt; }
  /** What kind of BoundSocket this socket was made of, until it starts over. */
  get bound(): 'tcp' | 'pipe' | null { return this.#details === null ? null : this.#details.bound; }
  set bound(kind: 'tcp' | 'pipe' | null) { if (kind !== this.bound) this.detailed.bound = kind; }
  /** Null for off. */
  get keepAlive(): KeepAlive | null { return this.#details === null ? null : this.#details.keepAlive; }
  set keepAlive(wanted: KeepAlive | null) { if (wanted !== this.keepAlive) this.detailed.keepAlive = wanted; }
  get typeOfService(): number | undefined { return this.#details === null ? undefined : this.#details.typeOfService; }
  set typeOfService(value: number | undefined) { if (value !== this.typeOfService) this.detailed.typeOfService = value; }
  get onread(): OnReadOptions | null { return this.#details === null ? null : this.#details.onread; }
  set onread(options: OnReadOptions | null) { if (options !== this.onread) this.detailed.onread = options; }
  get local(): Partial<AddressInfo> | null { return this.#details === null ? null : this.#details.local; }
  set local(address: Partial<AddressInfo> | null) { if (address !== this.local) this.detailed.local = address; }
  get remote(): AddressInfo | null { return this.#details === null ? null : this.#details.remote; }
  set remote(address: AddressInfo | null) { if (address !== this.remote) this.detailed.remote = address; }
  set signal(signal: AbortSignal) { this.detailed.signal = signal; }
  /** As with node:net, an aborted socket tries no addresses in turn, whatever it was used for since. */
  get isAborted(): boolean { return this.#details?.signal?.aborted === true; }
  get noDelay(): boolean { return (this.#bits & NO_DELAY) !== 0; }
  set noDelay(on: boolean) { this.set(NO_DELAY, on); }
  get opened(): boolean { return (this.#bits & OPENED) !== 0; }
  set opened(on: boolean) { this.set(OPENED, on); }
  /** Also when the connection has gone. */
  get bytesRead(): number { return this.#connection === null ? 0 : this.#connection.bytesRead; }
  get bytesWritten(): number { return this.#connection === null ? 0 : this.#connection.bytesWritten; }

  /** The socket has this attempt, and its handle, from now on. */
  begin(attempt: Attempt): void {
    this.attempt = attempt;
    this.connection = attempt.connection;
    this.local = null;
    if (attempt.connection === null) return;
    attempt.connection.owner = this.#socket;
    if ((this.#bits & UNREFED) !== 0) attempt.connection.unref();
  }

  /** The stream has this connection from now on. */
  take(connection: Connection): void {
    this.local = null;
    this.connection = connection;
    connection.owner = this.#socket;
    this.opened = true;
    this.#socket[engine].attach(this.onread === null ? connection : new UserBuffer(connection, this.#socket, this.onread));
  }

  applyOptions(): void {
    const { connection } = this;
    if (connection === null) return;
    if (this.noDelay) connection.setNoDelay?.(true);
    if (this.keepAlive !== null) this.applyKeepAlive();
    if (this.typeOfService !== undefined) connection.setTypeOfService?.(this.typeOfService);
  }

  applyKeepAlive(): void {
    const wanted = this.keepAlive;
    if (wanted === null) this.connection?.setKeepAlive?.(false, 0);
    else this.connection?.setKeepAlive?.(true, wanted.initialDelay, wanted.interval, wanted.count);
  }

  /** Lets the connection keep the process alive, or not. False when there is none yet, and none on its way. */
  hold(on: boolean, connecting: boolean): boolean {
    const { connection } = this;
    if (connection === null && !connecting) return false;
    this.set(UNREFED, !on);
    if (on) connection?.ref();
    else connection?.unref();
    return true;
  }

  /** Whether a write is under way of which the system has taken some since this was last asked. */
  writeMoved(): boolean {
    const before = this.#details?.unwritten ?? 0;
    const native = this.connection?.native as { writeQueueSize?: number } | null | undefined;
    const left = this.#socket._writableState.writing ? (native?.writeQueueSize ?? before) : 0;
    if (left !== before) this.detailed.unwritten = left;
    return left !== 0 && left !== before;
  }

  /** The socket is destroyed: its connection goes, and 'close' waits until it has gone. */
  leave(wasConnecting: boolean): void {
    const { attempt, connection } = this;
    this.set(TELLS_WHY, this.opened);
    // The stream closes its own channel, and waits for it.
    const stands = this.#socket[engine].channel !== null;
    this.attempt = null;
    this.forget();
    if (attempt?.abandon(() => this.left()) === true) {
      this.detailed.leaving++;
    } else if (!stands && (wasConnecting || connection !== null)) {
      // Not dialled yet, or failed: nothing will tell of its end. As with node:net it takes a turn, so that who waits for
      // 'error' first can wait for 'close' then.
      this.detailed.leaving++;
      const { clock } = contextOf(this.#socket);
      if (clock.afterTurn) clock.afterTurn(() => this.left());
      else clock.setTimeout(() => this.left(), 0);
    }
  }

  private left(): void {
    const details = this.detailed;
    details.leaving--;
    const due = details.closesDue?.shift();
    if (due !== undefined) this.close(due);
  }

  /** Emits 'close', or does when everything has gone. */
  closeDue(hadError: boolean): void {
    if (this.#details !== null && this.#details.leaving > 0) (this.#details.closesDue ??= []).push(hadError);
    else this.close(hadError);
  }

  private close(hadError: boolean): void {
    if ((this.#bits & TELLS_WHY) !== 0) this.#socket.emit('close', hadError);
    else this.#socket.emit('close');
  }

  /** The connection goes; what was counted stays. */
  forget(): Connection | null {
    const { connection } = this;
    if (connection === null) return null;
    this.#bits |= LEFT;
    this.local = null;
    return connection;
  }

  /** For a socket that connects again after it closed. */
  restart(): void {
    this.connection = null;
    this.attempt = null;
    this.bound = null;
    this.local = null;
    this.remote = null;
  }

  private get detailed(): Details { return (this.#details ??= new Details()); }

  private set(bit: number, on: boolean): void {
    if (on) this.#bits |= bit;
    else this.#bits &= ~bit;
  }
}
