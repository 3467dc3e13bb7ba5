import { systemError, type Acceptor, type InetEndpoint, type Listener } from '@netstrata/transport';
import type { LayerConnection } from '@netstrata/transport/layers';
import type { Settings } from '../options/socks-options.js';
import type { Place } from '../wire/address.js';
import { BIND } from '../wire/socks5.js';
import { Bound, type Binding } from './bound.js';
import { requestFor } from './requests.js';

/**
 * A listener at the far end of a proxy. A BIND serves one connection: when somebody has connected, the next BIND asks for the same port.
 */
export class BindListener implements Listener, Binding {
  readonly #settings: Settings;
  readonly #wished: Place;
  readonly #acceptor: Acceptor;
  #local: InetEndpoint | null = null;
  /** The one that waits for somebody. */
  #waiting: Bound | null = null;
  #isClosed = false;
  #isHeld = true;

  constructor(settings: Settings, wished: Place, acceptor: Acceptor) {
    this.#settings = settings;
    this.#wished = wished;
    this.#acceptor = acceptor;
  }

  start(): this {
    this.#bind(this.#wished.port);
    return this;
  }

  get local(): InetEndpoint | null {
    return this.#isClosed ? null : this.#local;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#waiting === null) queueMicrotask(() => { this.#acceptor.onClose(null); });
    else this.#waiting.leave();
  }

  ref(): void {
    this.#isHeld = true;
    if (!this.#isClosed) this.#waiting?.ref();
  }

  unref(): void {
    this.#isHeld = false;
    if (!this.#isClosed) this.#waiting?.unref();
  }

  #bind(port: number): void {
    const wished = { ...this.#wished, port };
    const dialogue = requestFor(this.#settings, BIND, wished);
    if (typeof dialogue === 'string') {
      this.#failSoon(systemError({ code: dialogue, syscall: 'listen', endpoint: wished }));
      return;
    }
    this.#waiting = new Bound(this, wished, dialogue, this.#settings);
    this.#waiting.start({});
    if (!this.#isHeld) this.#waiting.unref();
  }

  #failSoon(error: Error): void {
    queueMicrotask(() => {
      // Closed meanwhile: that is told already.
      if (this.#isClosed) return;
      this.#isClosed = true;
      this.#acceptor.onClose(error);
    });
  }

  // ---- reports of the one that waits ---------------------------------------------------------------------------------

  /** @internal */
  bound(local: InetEndpoint): void {
    const wished = this.#local?.port ?? this.#wished.port;
    if (wished !== 0 && local.port !== wished) this.#lose({ ...this.#wished, port: wished });
    else if (this.#local === null) {
      this.#local = local;
      this.#acceptor.onListening();
    }
  }

  /** The proxy listens on another port than was asked for. */
  #lose(wished: Place): void {
    const waiting = this.#waiting!;
    waiting.reason = systemError({ code: 'EADDRNOTAVAIL', syscall: 'listen', endpoint: wished });
    waiting.leave();
  }

  /** @internal */
  opened(layer: LayerConnection): void {
    this.#waiting = null;
    if (this.#isClosed) {
      layer.abort();
      this.#acceptor.onClose(null);
      return;
    }
    // First of all: those who come next wait for it.
    this.#bind(this.#local!.port);
    if (!this.#isHeld) layer.ref();
    this.#acceptor.onConnection(layer);
  }

  /** @internal */
  gone(): void {
    const reason = this.#waiting?.reason ?? null;
    this.#waiting = null;
    const wasClosed = this.#isClosed;
    this.#isClosed = true;
    this.#acceptor.onClose(wasClosed ? null : reason);
  }
}
