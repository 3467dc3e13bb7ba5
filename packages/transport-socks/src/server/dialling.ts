import { isIP } from '@netstrata/ip-utils';
import { looseIPv4 } from '@netstrata/ip-utils/classify';
import {
  isNameEndpoint, isSystemError,
  type Connection, type ConnectSink, type DialEndpoint, type Endpoint, type InetEndpoint, type NameEndpoint, type ResolvingTransport,
} from '@netstrata/transport';
import { spelledAddresses } from '@netstrata/transport/hosts';
import { Timeout } from '@netstrata/transport/layers';
import { lookUp } from '../options/lookup.js';
import type { Place } from '../wire/address.js';
import { isName } from '../wire/names.js';
import { HOST_UNREACHABLE, NOT_ALLOWED, replyOfErrno } from '../wire/replies.js';
import type { ServerSettings } from './server-options.js';

/** Who wants the connection. One of the two comes, once. */
export interface Wanting {
  /** @param told the address that the client is told */
  connected(connection: Connection, told: Endpoint | null): void;
  /** @param reply what SOCKS5 has for the reason */
  refused(reply: number): void;
}

const inetEndpoint = (address: string, port: number): InetEndpoint =>
  ({ address, port, family: isIP(address) === 6 ? 'IPv6' : 'IPv4' });

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
    if (!isName(host)) this.#refuse(HOST_UNREACHABLE);
    else if (looseIPv4(host) !== null || isElsewhere || !mayAsk(host)) this.#refuse(NOT_ALLOWED);
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
    if (allowed.length === 0) this.#refuse(NOT_ALLOWED);
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

  #failed(code: string): void {
    this.#reply = replyOfErrno(code);
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
    this.#next();
  }

  #refuse(reply: number): void {
    const wanting = this.#wanting;
    this.#wanting = null;
    this.#leave();
    wanting?.refused(reply);
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
    if (this.#wanting !== null && error !== null) this.#failed(isSystemError(error) ? error.code : '');
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
