import { Timeout, type Timers } from '@netstrata/transport/layers';
import { ABNORMAL, ABORTED, REFUSED } from './codes.js';
import { Wire, type Failure } from './wire.js';

/** What browsers, Workers, Bun, Deno and Node have by the name `WebSocket`, as far as it is used here. */
export interface OwnWebSocket {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  readonly protocol: string;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly error?: unknown; readonly message?: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
  send(data: Uint8Array): void;
  close(code?: number): void;
}

/** How much may wait to be sent before a write stays pending. More than elsewhere: a page in the background looks once a second. */
const ROOM = 262_144;
/** Milliseconds until the first look, and at most. */
const SOON = 1;
const LATE = 32;

/** What is known of a failure to connect: most runtimes tell nothing, so that a page cannot look around in a network. */
const untold = (cause: unknown): Failure => ({ code: 'ECONNREFUSED', syscall: 'connect', cause });

/** The runtime's own WebSocket, which can neither be stopped nor be cut off. */
export class OwnWire extends Wire {
  protected readonly socket: OwnWebSocket;
  protected readonly room = ROOM;
  readonly #most: number;
  readonly #look: Timeout;
  #delay = SOON;
  protected readonly transmit: (message: Uint8Array) => void;

  /** @param most bytes that are kept while nobody reads */
  constructor(socket: OwnWebSocket, most: number, timers: Timers) {
    super();
    this.socket = socket;
    this.#most = most;
    this.#look = new Timeout(timers);
    this.transmit = (message) => { socket.send(message); };
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      this.isOpen = true;
      this.protocol = socket.protocol;
      if (!this.isLeft) this.onChange();
    });
    socket.addEventListener('message', ({ data }) => { this.#message(data); });
    socket.addEventListener('error', ({ error, message }) => {
      // On Node 22 nothing follows when it could not connect.
      if (!this.isOpen) this.over(ABNORMAL, untold(error ?? message));
    });
    socket.addEventListener('close', ({ code }) => {
      this.#look.stop();
      this.over(code, untold(undefined));
    });
  }

  /** There is no event for it, so a timer looks again. */
  protected awaitRoom(): void {
    this.#delay = SOON;
    this.#wait();
  }

  #wait(): void {
    this.#look.start(this.#delay, this.#seen);
    this.#delay = Math.min(this.#delay * 2, LATE);
  }

  readonly #seen = (): void => {
    if (this.isLeft || !this.canSend) return;
    if (this.hasRoom) this.onChange();
    else this.#wait();
  };

  #message(data: unknown): void {
    this.received(data);
    if (this.inbox.length <= this.#most || this.failure !== null) return;
    this.refuse();
    this.fail({ code: 'ENOBUFS', syscall: 'read' });
  }

  /** Nothing stops it. What has arrived meanwhile is kept. */
  want(): void {}

  protected close(code: number): void {
    this.#look.stop();
    this.socket.close(code);
  }

  protected cut(): void {
    this.close(ABORTED);
  }

  protected refuse(): void {
    this.close(REFUSED);
  }

  /** The runtime decides. */
  ref(): void {}

  unref(): void {}
}
