import { isIP } from '@netstrata/ip-utils';
import {
  isSystemError, systemError, type Connection, type ConnectSink, type DialOptions, type NameEndpoint, type Transport,
} from '@netstrata/transport';
import { lookUp, type Lookup } from '@netstrata/transport/hosts';

/** Who wants the connection to the proxy. */
export interface Dialling {
  /** The connection stands. */
  reached(connection: Connection): void;
  /** None of its addresses could be reached. */
  unreachable(error: Error): void;
}

/**
 * The way to a proxy whose name is looked up here: its addresses are tried one after the other. What connects is the caller's, all others
 * are closed.
 */
export class ProxyDial implements ConnectSink {
  readonly #over: Transport;
  readonly #options: DialOptions;
  readonly #name: NameEndpoint;
  #dialling: Dialling | null;
  #addresses: string[] = [];
  #connection: Connection | null = null;

  constructor(over: Transport, name: NameEndpoint, options: DialOptions, dialling: Dialling) {
    this.#over = over;
    this.#name = name;
    this.#options = options;
    this.#dialling = dialling;
  }

  start(lookup: Lookup): void {
    lookUp(lookup, this.#name.host, (error, addresses) => {
      if (this.#dialling === null) return;
      this.#addresses = addresses;
      if (error !== null || addresses.length === 0) this.#end(this.#notFound(error));
      else this.#next(null);
    });
  }

  /** Nobody wants it any more. */
  cancel(): void {
    this.#dialling = null;
    this.#connection?.close();
  }

  #next(failure: Error | null): void {
    const address = this.#addresses.shift();
    if (address === undefined) this.#end(failure!);
    else {
      const family = isIP(address) === 6 ? 'IPv6' : 'IPv4';
      this.#connection = this.#over.connect({ address, port: this.#name.port, family }, this, this.#options);
    }
  }

  #end(error: Error): void {
    const dialling = this.#dialling;
    this.#dialling = null;
    dialling?.unreachable(error);
  }

  /** What a resolver says is passed on, if it says it as an error of the system's. */
  #notFound(error: Error | null): Error {
    if (isSystemError(error)) return error;
    return Object.assign(systemError({ code: 'ENOTFOUND', syscall: 'getaddrinfo', address: this.#name.host }), { cause: error });
  }

  /** @internal */
  onConnect(): void {
    const dialling = this.#dialling;
    this.#dialling = null;
    dialling?.reached(this.#connection!);
  }

  /** @internal */
  onClose(error: Error | null): void {
    if (this.#dialling !== null) this.#next(error);
  }

  /** @internal Nothing is read or written before it is the caller's. */
  onData(): void {}
  /** @internal */
  onEnd(): void {}
  /** @internal */
  onWriteDone(): void {}
  /** @internal */
  onShutdownDone(): void {}
}
