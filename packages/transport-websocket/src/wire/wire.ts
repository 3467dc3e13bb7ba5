import type { InetEndpoint } from '@netstrata/transport';
import { CONNECTING, NORMAL, OPEN } from './codes.js';
import { Inbox } from './inbox.js';
import { messagesOf } from './messages.js';

/** Why there is no connection, or none any more: what its error is made of. */
export interface Failure {
  readonly code: string;
  readonly syscall: 'connect' | 'read' | 'write';
  /** What stands in the message. */
  readonly text?: string | undefined;
  /** The answer of HTTP that was no WebSocket. */
  readonly status?: number | undefined;
  /** Where it was dialled, if that is known better than by the URL. */
  readonly address?: string | undefined;
  readonly cause?: unknown;
}

/** The peer is gone without having said so. */
const RESET: Failure = { code: 'ECONNRESET', syscall: 'read' };

/** What the states of every kind of WebSocket are read from. */
interface SocketState {
  readonly readyState: number;
  readonly bufferedAmount: number;
}

const nothing = (): void => {};

/**
 * A WebSocket as a connection needs it: states to look at, and `onChange`, which says when to look again. It may be called at any time,
 * from inside a call on the wire too.
 */
export abstract class Wire {
  onChange: () => void = nothing;
  isOpen = false;
  failure: Failure | null = null;
  /** The peer has said that this was all; what it has said before may still be in the inbox. */
  isFinished = false;
  protocol = '';
  /** Of the TCP socket below, where that is known. */
  local: InetEndpoint | null = null;
  remote: InetEndpoint | null = null;
  readonly inbox = new Inbox();
  /** Nobody waits for anything any more. */
  protected isLeft = false;
  /** Nothing more will be sent. */
  protected isShut = false;
  #isOver = false;

  // ---- calls --------------------------------------------------------------------------------------------------------

  /** Takes all of it, and no longer uses the memory. Whether there is room for more; if not, `onChange` says when to ask again. */
  send(chunks: readonly Uint8Array[]): boolean {
    if (!this.canSend) return false;
    messagesOf(chunks, this.transmit);
    if (this.hasRoom) return true;
    this.awaitRoom();
    return false;
  }

  get hasRoom(): boolean {
    return this.canSend && this.socket.bufferedAmount <= this.room;
  }

  /** Somebody reads, or nobody does: what arrives then should better not come. */
  abstract want(reading: boolean): void;
  /** Nothing more will be sent; what was sent arrives, and then an end. */
  finish(): void {
    if (this.isShut || this.#isOver) return;
    this.isShut = true;
    this.close(NORMAL);
  }

  /** Leaves. What was sent arrives, and then an end, or a reset where something was not read. */
  hangUp(): void {
    const isRead = this.inbox.length === 0;
    if (!this.leave()) return;
    if (isRead && !this.isConnecting) this.finish();
    else this.cut();
  }

  /** Leaves; the other end is told of a reset. */
  reset(): void {
    if (this.leave()) this.cut();
  }

  /** It has failed, and that was told. */
  drop(): void {
    if (this.leave() && this.isConnecting) this.cut();
  }

  /** There is no reason to wait any longer. */
  giveUp(failure: Failure): void {
    this.fail(failure);
  }

  abstract ref(): void;
  abstract unref(): void;

  // ---- for the kinds of it ------------------------------------------------------------------------------------------

  protected abstract readonly socket: SocketState;
  /** How much may wait to be sent before a write stays pending. */
  protected abstract readonly room: number;
  protected abstract readonly transmit: (message: Uint8Array) => void;
  protected abstract awaitRoom(): void;
  /** A close frame, behind everything that was sent. Before it is open: gives up. */
  protected abstract close(code: number): void;
  protected abstract cut(): void;
  /** The peer has sent what is no message of bytes. */
  protected abstract refuse(): void;

  protected get isConnecting(): boolean {
    return this.socket.readyState === CONNECTING;
  }

  protected get canSend(): boolean {
    return this.socket.readyState === OPEN;
  }

  protected leave(): boolean {
    if (this.isLeft) return false;
    this.isLeft = true;
    this.inbox.clear();
    return !this.#isOver;
  }

  protected received(data: unknown): void {
    if (this.isLeft || this.failure !== null) return;
    if (!(data instanceof ArrayBuffer)) {
      this.refuse();
      this.fail({ code: 'EPROTO', syscall: 'read', text: 'a text message' });
    } else if (data.byteLength > 0) {
      this.inbox.push(new Uint8Array(data));
      this.onChange();
    }
  }

  protected fail(failure: Failure): void {
    this.failure ??= failure;
    if (!this.isLeft) this.onChange();
  }

  /** It is gone. Only the peer's own word for an end makes it one. */
  protected over(code: number, refused: Failure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.isOpen) this.failure ??= refused;
    else if (code === NORMAL && this.failure === null) this.isFinished = true;
    else this.failure ??= RESET;
    if (!this.isLeft) this.onChange();
  }
}
