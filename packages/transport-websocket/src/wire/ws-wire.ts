import { inetEndpoint } from '@netstrata/transport';
import { NORMAL, UNSUPPORTED } from './codes.js';
import { Wire, type Failure } from './wire.js';

/** A WebSocket of the package `ws`, as far as it is used here. */
export interface WsWebSocket {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  readonly protocol: string;
  on(event: string, listener: (...values: never[]) => void): unknown;
  send(data: Uint8Array, sent: () => void): void;
  close(code?: number): void;
  pause(): void;
  resume(): void;
  terminate(): void;
}

/** The socket below one. */
export interface TcpSocket {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  ref?(): unknown;
  unref?(): unknown;
}

/** How much may wait to be sent before a write stays pending. */
const ROOM = 65_536;
/** How much is kept after an end of ours while nobody reads: the peer's own end is behind it. */
const KEPT = 1_048_576;

/** What `ws` calls its errors of the peer's frames. */
const violation = (cause: unknown): Failure => ({ code: 'EPROTO', syscall: 'read', text: (cause as Error | null)?.message, cause });

/** A WebSocket of `ws`: it can be stopped, cut off, and tells more. */
export class WsWire extends Wire {
  protected readonly socket: WsWebSocket;
  protected readonly room = ROOM;
  #tcp: TcpSocket | null = null;
  #isReferenced = true;
  #isWanted = false;
  #isPaused = false;
  #awaitsRoom = false;
  protected readonly transmit: (message: Uint8Array) => void;

  /** @param failed what is to be said when there will be no connection */
  constructor(socket: WsWebSocket, failed: (cause: unknown) => Failure) {
    super();
    this.socket = socket;
    this.transmit = (message) => { socket.send(message, this.#sent); };
    socket.binaryType = 'arraybuffer';
    socket.on('open', () => { this.opened(); });
    socket.on('message', (data: unknown) => { this.#message(data); });
    socket.on('error', (error: unknown) => { this.fail(this.isOpen ? violation(error) : failed(error)); });
    socket.on('close', (code: number) => { this.over(code, failed(undefined)); });
  }

  /** The socket below is known. */
  attach(tcp: TcpSocket): this {
    this.#tcp = tcp;
    if (!this.#isReferenced) tcp.unref?.();
    return this;
  }

  /** It stands; one that was accepted does from the beginning. */
  opened(): this {
    this.isOpen = true;
    this.protocol = this.socket.protocol;
    const tcp = this.#tcp;
    this.local = endpointOf(tcp?.localAddress, tcp?.localPort);
    this.remote = endpointOf(tcp?.remoteAddress, tcp?.remotePort);
    if (!this.isLeft) this.onChange();
    return this;
  }

  protected awaitRoom(): void {
    this.#awaitsRoom = true;
  }

  readonly #sent = (): void => {
    if (!this.#awaitsRoom || this.isLeft || !this.hasRoom) return;
    this.#awaitsRoom = false;
    this.onChange();
  };

  /** Only when something comes that nobody wants it is stopped: what one read of the socket has brought is kept. */
  #message(data: unknown): void {
    this.received(data);
    if (this.#isPaused || this.#isWanted || this.isLeft) return;
    if (this.isShut && this.inbox.length <= KEPT) return;
    this.#isPaused = true;
    this.socket.pause();
  }

  want(reading: boolean): void {
    this.#isWanted = reading;
    if (reading) this.#resume();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.socket.resume();
  }

  /** What answers is behind everything else that the peer has sent. */
  protected close(code: number): void {
    this.socket.close(code);
    if (code === NORMAL) this.#resume();
  }

  protected cut(): void {
    this.socket.terminate();
  }

  protected refuse(): void {
    this.socket.close(UNSUPPORTED);
  }

  ref(): void {
    this.#isReferenced = true;
    this.#tcp?.ref?.();
  }

  unref(): void {
    this.#isReferenced = false;
    this.#tcp?.unref?.();
  }
}

function endpointOf(address: string | undefined, port: number | undefined): Wire['local'] {
  return address === undefined || port === undefined ? null : inetEndpoint(address, port);
}
