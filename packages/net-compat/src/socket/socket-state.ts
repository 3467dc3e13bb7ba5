import { engine } from '@netstrata/stream-core';
import type { Connection, Transport } from '@netstrata/transport';
import type { Attempt } from '../dial/attempt.js';
import { liftDeadline } from '../dial/deadline.js';
import type { DialDetails, DialState } from '../dial/dialling-socket.js';
import { showFacts } from '../dial/facts.js';
import { contextOf } from '../shared/context.js';
import type { AddressInfo } from '../args/endpoints.js';
import type { KeepAlive } from '../args/keep-alive.js';
import type { SocketFace } from '../shared/socket-face.js';
import type { Timer } from '../runtime/clock.js';
import { putNodesStatesBehind } from '../runtime/node-stream-states.js';
import { builtinNet } from '../runtime/runtime.js';
import { isUnderTls } from '../shared/under-tls.js';
import { markSocket } from '../runtime/thread-moves.js';
import type { Signal } from '../types/node-types.js';
import { UserBuffer, type OnReadOptions } from './user-buffer.js';

// Here, since no stream of a socket is made before this is loaded.
if (builtinNet !== undefined) putNodesStatesBehind();

/*
 * State flags of a socket, one bit each.
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
class Details implements DialDetails {
  attempt: Attempt | null = null;
  bound: 'tcp' | 'pipe' | null = null;
  /** Null for off. */
  keepAlive: KeepAlive | null = null;
  typeOfService: number | undefined = undefined;
  onread: OnReadOptions | null = null;
  signal: Signal | null = null;
  local: Partial<AddressInfo> | null = null;
  remote: AddressInfo | null = null;
  /** Connections that are on their way out, while 'close' waits for them. */
  leaving = 0;
  closesDue: boolean[] | null = null;
  /** Ends the dial that takes too long. */
  deadline: Timer | null = null;
  /** What the socket shows of its connection. */
  facts: readonly string[] | null = null;
  /** What the handle still had to write, or had moved, when the idle timeout was last due. */
  seen = 0;
}

const NO_DETAILS: Readonly<Details> = Object.freeze(new Details());

/** What a socket keeps to itself: its connection, and what is to be done once it has one. */
export class SocketState implements DialState {
  readonly #socket: SocketFace;
  #connection: Connection | null = null;
  /** What `connection` was made by; says whether it can be reset. */
  transport: Transport | null = null;
  #bits = 0;
  /** To be read; `put` changes it. Shared until then: most accepted sockets do without. */
  details: Readonly<Details> = NO_DETAILS;

  constructor(socket: SocketFace) {
    this.#socket = socket;
  }

  get connection(): Connection | null { return (this.#bits & LEFT) === 0 ? this.#connection : null; }
  set connection(connection: Connection | null) {
    this.#connection = connection;
    this.#bits &= ~LEFT;
  }
  get noDelay(): boolean { return (this.#bits & NO_DELAY) !== 0; }
  set noDelay(on: boolean) { this.set(NO_DELAY, on); }
  get opened(): boolean { return (this.#bits & OPENED) !== 0; }
  set opened(on: boolean) { this.set(OPENED, on); }
  /** Also when the connection has gone. */
  get bytesRead(): number { return this.#connection === null ? 0 : this.#connection.bytesRead; }
  get bytesWritten(): number { return this.#connection === null ? 0 : this.#connection.bytesWritten; }
  /** As with node:net, an aborted socket tries no addresses in turn, whatever it was used for since. */
  get isAborted(): boolean { return this.details.signal?.aborted === true; }

  /** The socket has this attempt, and its handle, from now on. */
  begin(attempt: Attempt): void {
    this.put('attempt', attempt);
    this.connection = attempt.connection;
    this.put('local', null);
    if (attempt.connection !== null) this.join(attempt.connection);
  }

  join(connection: Connection): void {
    connection.owner = this.#socket;
    if ((this.#bits & UNREFED) !== 0) connection.unref();
  }

  get deadline(): Timer | null { return this.details.deadline; }
  set deadline(timer: Timer | null) {
    this.put('deadline', timer);
    if ((this.#bits & UNREFED) !== 0) timer?.unref?.();
  }

  open(transport: Transport): Connection | null { return transport.open?.() ?? null; }
  /** Node itself crashes where it does. */
  get movesTls(): boolean { return false; }

  connected(attempt: Attempt): void {
    const socket = this.#socket;
    socket.connecting = false;
    this.liftDeadline();
    this.take(attempt.connection!);
    socket._unrefTimer();
    this.applyOptions();
    socket.emit('connect');
    socket.emit('ready');
    // Start reading, or see the peer's end at once; nothing is consumed.
    if (!socket.isPaused()) socket.read(0);
    else markSocket(socket);
  }

  /** The stream has this connection from now on. */
  take(connection: Connection): void {
    this.put('local', null);
    this.connection = connection;
    connection.owner = this.#socket;
    this.opened = true;
    const { onread, facts } = this.details;
    if (facts !== null || connection.facts !== undefined) this.put('facts', showFacts(this.#socket, connection.facts, facts));
    this.#socket[engine].attach(onread === null ? connection : new UserBuffer(connection, this.#socket, onread));
  }

  applyOptions(): void {
    const { connection } = this;
    if (connection === null) return;
    const { keepAlive, typeOfService } = this.details;
    if (this.noDelay) connection.setNoDelay?.(true);
    if (keepAlive !== null) this.applyKeepAlive();
    if (typeOfService !== undefined) connection.setTypeOfService?.(typeOfService);
  }

  applyKeepAlive(): void {
    const wanted = this.details.keepAlive;
    if (wanted === null) this.connection?.setKeepAlive?.(false, 0);
    else this.connection?.setKeepAlive?.(true, wanted.initialDelay, wanted.interval, wanted.count);
  }

  /** What `async_hooks` calls the handle; -1 without one. */
  get asyncId(): number {
    const native = this.connection?.native as { getAsyncId?(): number } | null | undefined;
    return typeof native?.getAsyncId === 'function' ? native.getAsyncId() : -1;
  }

  /** Lets the connection keep the process alive, or not. False when there is no connection, and none is pending. */
  hold(on: boolean, connecting: boolean): boolean {
    const { connection } = this;
    if (connection === null && !connecting) return false;
    this.set(UNREFED, !on);
    if (on) connection?.ref();
    else connection?.unref();
    const { attempt, deadline } = this.details;
    attempt?.hold(on);
    if (!on) deadline?.unref?.();
    return true;
  }

  /**
   * Whether bytes have moved of which the socket was not told, since this was last asked: of a write that is under way, or of the tls that
   * is over its handle.
   */
  hasMoved(): boolean {
    const before = this.details.seen;
    const native = this.connection?.native as { writeQueueSize?: number } | null | undefined;
    const seen = isUnderTls(native) ? this.bytesRead + this.bytesWritten
      : this.#socket._writableState.writing ? (native?.writeQueueSize ?? before) : 0;
    this.put('seen', seen);
    return seen !== 0 && seen !== before;
  }

  /** The socket is destroyed: its connection goes, and 'close' waits until it has gone. */
  leave(wasConnecting: boolean): void {
    const { connection } = this;
    const { attempt } = this.details;
    this.set(TELLS_WHY, this.opened);
    this.liftDeadline();
    // The stream closes its own channel, and waits for it.
    const stands = this.#socket[engine].channel !== null;
    this.put('attempt', null);
    this.forget();
    if (attempt?.abandon(() => this.left()) === true) {
      this.put('leaving', this.details.leaving + 1);
    } else if (!stands && (wasConnecting || connection !== null)) {
      // Not connecting yet, or failed: nothing will report its end. As with node:net it takes a turn, so that code that waits for
      // 'error' first can wait for 'close' then.
      this.put('leaving', this.details.leaving + 1);
      this.afterTurn(() => {
        // What is closed in one turn is reported after the immediates of that turn, but before anything of a socket that has started over.
        if (this.#socket.destroyed) this.afterTurn(() => this.left());
        else this.left();
      });
    }
  }

  private liftDeadline(): void {
    if (this.details.deadline !== null) liftDeadline(this.#socket, this);
  }

  private afterTurn(task: () => void): void {
    const { clock } = contextOf(this.#socket);
    if (clock.afterTurn) clock.afterTurn(task);
    else clock.setTimeout(task, 0);
  }

  private left(): void {
    this.put('leaving', this.details.leaving - 1);
    const due = this.details.closesDue?.shift();
    if (due !== undefined) this.close(due);
  }

  /** Emits 'close', or does when everything has gone. */
  closeDue(hadError: boolean): void {
    const { leaving, closesDue } = this.details;
    if (leaving > 0) this.put('closesDue', [...(closesDue ?? []), hadError]);
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
    this.put('local', null);
    return connection;
  }

  /** For a socket that connects again after it closed. */
  restart(): void {
    this.connection = null;
    for (const key of ['attempt', 'bound', 'local', 'remote'] as const) this.put(key, null);
  }

  put<K extends keyof Details>(key: K, value: Details[K]): void {
    if (this.details[key] === value) return;
    if (this.details === NO_DETAILS) this.details = new Details();
    (this.details as Details)[key] = value;
  }

  private set(bit: number, on: boolean): void {
    if (on) this.#bits |= bit;
    else this.#bits &= ~bit;
  }
}
