import type { Endpoint } from '../contract/endpoint.js';
import type { Acceptor, Connection, Listener } from '../contract/transport.js';
import type { Accepting, LayerConnection } from './layer-connection.js';

/** Connections that may be speaking at once. */
const MOST = 1024;

/** Makes the layer over a connection, and attaches it; it may open at once. Null: the connection is not wanted, and was closed. */
export type MakeLayer = (accepting: Accepting, below: Connection) => LayerConnection | null;

/**
 * The acceptor of a listener below, for `listen` of a transport over a transport: it puts a layer over each connection, and passes on those
 * that have opened. Those that fail before, nobody hears of. When more speak than may, the one that has spoken longest is reset: who
 * connects and says nothing keeps nobody out.
 */
export class LayerAcceptor implements Acceptor, Accepting {
  readonly #acceptor: Acceptor;
  readonly #layer: MakeLayer;
  readonly #most: number;
  readonly #crowdedOut: (layer: LayerConnection) => void;
  readonly #speaking = new Set<LayerConnection>();
  #isClosed = false;

  /**
   * @param most connections that may be speaking at once
   * @param crowdedOut hears of one that is about to be reset for those that came later
   */
  constructor(acceptor: Acceptor, layer: MakeLayer, most = MOST, crowdedOut: (layer: LayerConnection) => void = () => {}) {
    this.#acceptor = acceptor;
    this.#layer = layer;
    this.#most = most;
    this.#crowdedOut = crowdedOut;
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
    if (this.#isClosed) {
      below.abort();
      return;
    }
    const layer = this.#layer(this, below);
    if (layer?.isSpeaking !== true) return;
    this.#speaking.add(layer);
    if (this.#speaking.size > this.#most) this.#makeRoom();
  }

  onAcceptError(error: Error): void {
    this.#acceptor.onAcceptError(error);
  }

  onClose(error: Error | null): void {
    this.#close();
    this.#acceptor.onClose(error);
  }

  opened(layer: LayerConnection): void {
    this.#speaking.delete(layer);
    this.#acceptor.onConnection(layer);
  }

  gone(layer: LayerConnection): void {
    this.#speaking.delete(layer);
  }

  #makeRoom(): void {
    const [oldest] = this.#speaking;
    this.#speaking.delete(oldest);
    this.#crowdedOut(oldest);
    oldest.abort();
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
