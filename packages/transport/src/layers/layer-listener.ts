import type { Endpoint } from '../contract/endpoint.js';
import type { Acceptor, Connection, Listener } from '../contract/transport.js';
import type { Accepting, LayerConnection } from './layer-connection.js';

/** Connections that may be speaking at once; those that come then are reset. */
const MOST = 1024;

/**
 * The acceptor of a listener below, for `listen` of a transport over a transport: it puts a layer over each connection, and passes on those
 * that have opened. Those that fail before, nobody hears of.
 */
export class LayerAcceptor implements Acceptor, Accepting {
  readonly #acceptor: Acceptor;
  readonly #layer: (accepting: Accepting, below: Connection) => LayerConnection;
  readonly #most: number;
  readonly #speaking = new Set<LayerConnection>();
  #isClosed = false;
  /** The layer that has last spoken, or failed: that may be while it is made. */
  #done: LayerConnection | null = null;

  /** @param layer makes the layer over a connection and attaches it */
  constructor(acceptor: Acceptor, layer: (accepting: Accepting, below: Connection) => LayerConnection, most = MOST) {
    this.#acceptor = acceptor;
    this.#layer = layer;
    this.#most = most;
  }

  /** Puts the listener below into the hands of the caller: without its native handle, whose connections would come without the layer. */
  over(below: Listener): Listener {
    return new LayerListener(below, () => this.#close());
  }

  get owner(): unknown {
    return this.#acceptor.owner;
  }

  onListening(): void {
    this.#acceptor.onListening();
  }

  onConnection(below: Connection): void {
    if (this.#isClosed || this.#speaking.size >= this.#most) {
      below.abort();
      return;
    }
    const layer = this.#layer(this, below);
    if (this.#done !== layer) this.#speaking.add(layer);
    this.#done = null;
  }

  onAcceptError(error: Error): void {
    this.#acceptor.onAcceptError(error);
  }

  onClose(error: Error | null): void {
    this.#close();
    this.#acceptor.onClose(error);
  }

  opened(layer: LayerConnection): void {
    this.gone(layer);
    this.#acceptor.onConnection(layer);
  }

  gone(layer: LayerConnection): void {
    if (!this.#speaking.delete(layer)) this.#done = layer;
  }

  /** Nothing is accepted any more, also not what was about to open. */
  #close(): void {
    this.#isClosed = true;
    for (const layer of this.#speaking) layer.abort();
  }
}

class LayerListener implements Listener {
  readonly #below: Listener;
  readonly #closing: () => void;

  constructor(below: Listener, closing: () => void) {
    this.#below = below;
    this.#closing = closing;
  }

  get local(): Endpoint | null {
    return this.#below.local;
  }

  get failure(): Error | null | undefined {
    return this.#below.failure;
  }

  close(): void {
    this.#closing();
    this.#below.close();
  }

  ref(): void {
    this.#below.ref();
  }

  unref(): void {
    this.#below.unref();
  }
}
