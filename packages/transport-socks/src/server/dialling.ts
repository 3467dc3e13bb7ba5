import { isIP } from '@netstrata/ip-utils';
import { looseIPv4 } from '@netstrata/ip-utils/classify';
import {
  inetEndpoint, isNameEndpoint, isSystemError,
  type Connection, type ConnectSink, type DialEndpoint, type Endpoint, type InetEndpoint, type NameEndpoint, type ResolvingTransport,
  type SystemError,
} from '@netstrata/transport';
import { lookUp, spelledAddresses } from '@netstrata/transport/hosts';
import { Timeout } from '@netstrata/transport/layers';
import type { Place } from '../wire/address.js';
import { isName } from '../wire/names.js';
import { HOST_UNREACHABLE, NOT_ALLOWED, replyOfErrno } from '../wire/replies.js';
import type { ServerSettings } from './server-options.js';

/** Who wants the connection. One of these comes, once. */
export interface Wanting {
  /** @param told the address that the client is told */
  connected(connection: Connection, told: Endpoint | null): void;
  /**
   * @param reply what SOCKS5 has for the reason
   * @param tried where it has failed, if it came so far
   */
  refused(reply: number, tried?: InetEndpoint | null): void;
  /** The same, where it was refused here: the place may not be dialled or listened on, or is none. */
  forbidden(reply: typeof NOT_ALLOWED | typeof HOST_UNREACHABLE, place: Place): void;
}

/**
 * One dial for a client: the name is looked up, each of its addresses is judged, and those that are allowed are tried in turn, exactly as
 * they were judged. What connects first is the client's; nothing else stays.
 */
export class Dialling implements ConnectSink {
  readonly #settings: ServerSettings;
  readonly #place: Place;
  #wanting: Wanting | null;
  #targets: DialEndpoint[] = [];
  #connection: Connection | null = null;
  /** Of each attempt, and before the first one of the look-up. */
  readonly #timeout: Timeout;
  /** What is left of the time for all of it. */
  #left: number;
  #reply = HOST_UNREACHABLE;
  #tried: InetEndpoint | null = null;

  constructor(settings: ServerSettings, place: Place, wanting: Wanting) {
    this.#settings = settings;
    this.#place = place;
    this.#wanting = wanting;
    this.#left = settings.dialTimeout;
    this.#timeout = new Timeout(settings.timers);
  }

  /** The answer may come within the call. */
  start(): this {
    const place = this.#place;
    if (!isNameEndpoint(place)) this.#judge([place.address]);
    else if (isIP(place.host) !== 0) this.#judge([place.host]);
    else this.#startWithName(place);
    return this;
  }

  /** Nobody wants it any more. */
  cancel(): void {
    this.#wanting = null;
    this.#leave();
  }

  #startWithName({ host, port }: NameEndpoint): void {
    const { mayAsk, mayGo, lookup } = this.#settings;
    // A resolver makes an address of `127.1`, which is no name; one elsewhere makes its own loopback of `localhost`.
    const isElsewhere = lookup === null && !spelledAddresses(host).every((address) => mayGo(address, port));
    if (!isName(host)) this.#take()?.forbidden(HOST_UNREACHABLE, this.#place);
    else if (looseIPv4(host) !== null || isElsewhere || !mayAsk(host)) this.#take()?.forbidden(NOT_ALLOWED, this.#place);
    else if (lookup === null) this.#passOn({ host, port });
    else {
      this.#timeout.start(this.#left, () => { this.#refuse(HOST_UNREACHABLE); });
      lookUp(lookup, host, (error, addresses) => {
        if (this.#wanting === null) return;
        if (error !== null || addresses.length === 0) this.#refuse(HOST_UNREACHABLE);
        else this.#judge(addresses);
      });
    }
  }

  /** `over` resolves it. Where there is neither that nor a look-up, nobody knows it. */
  #passOn(endpoint: NameEndpoint): void {
    if (this.#settings.over.capabilities.names !== true) this.#refuse(HOST_UNREACHABLE);
    else {
      this.#targets = [endpoint];
      this.#next();
    }
  }

  #judge(addresses: readonly string[]): void {
    const { port } = this.#place;
    const allowed = addresses.filter((address) => this.#settings.mayGo(address, port));
    this.#targets = allowed.map((address) => inetEndpoint(address, port));
    if (allowed.length === 0) this.#take()?.forbidden(NOT_ALLOWED, this.#place);
    else this.#next();
  }

  #next(): void {
    const { over } = this.#settings;
    this.#timeout.stop();
    const share = Math.ceil(this.#left / Math.max(1, this.#targets.length));
    const target = this.#targets.shift();
    if (target === undefined) {
      this.#refuse(this.#reply);
      return;
    }
    this.#left -= share;
    this.#timeout.start(share, () => { this.#failed('ETIMEDOUT'); });
    try {
      this.#connection = (over as ResolvingTransport).connect(target, this);
    } catch {
      // An address or a name that this transport does not take.
      this.#failed('EAFNOSUPPORT');
    }
  }

  #failed(code: string, tried: InetEndpoint | null = null): void {
    this.#reply = replyOfErrno(code);
    this.#tried = tried;
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
    this.#next();
  }

  /** A name that nobody knows has led nowhere. */
  #placeOf({ syscall, address = null }: SystemError): InetEndpoint | null {
    return syscall === 'connect' && address !== null && isIP(address) !== 0 ? inetEndpoint(address, this.#place.port) : null;
  }

  #refuse(reply: number): void {
    this.#take()?.refused(reply, this.#tried);
  }

  /** Who wants it does no more: it hears now. */
  #take(): Wanting | null {
    const wanting = this.#wanting;
    this.#wanting = null;
    this.#leave();
    return wanting;
  }

  #leave(): void {
    this.#timeout.stop();
    this.#targets = [];
    this.#connection?.close();
    this.#connection = null;
  }

  // ---- reports of the attempt that is under way ----------------------------------------------------------------------

  /** @internal */
  onConnect(): void {
    const [wanting, connection] = [this.#wanting, this.#connection];
    // One that was given up is closed already.
    if (wanting === null || connection === null) return;
    this.#wanting = null;
    this.#connection = null;
    this.#leave();
    wanting.connected(connection, connection.local);
  }

  /** @internal */
  onClose(error: Error | null): void {
    if (this.#wanting === null || error === null) return;
    if (isSystemError(error)) this.#failed(error.code, this.#placeOf(error));
    else this.#failed('');
  }

  /** @internal Nothing is read or written before it is the client's. */
  onData(): void {}
  /** @internal */
  onEnd(): void {}
  /** @internal */
  onWriteDone(): void {}
  /** @internal */
  onShutdownDone(): void {}
}
