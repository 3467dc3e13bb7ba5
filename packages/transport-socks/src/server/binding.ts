import { isIP } from '@netstrata/ip-utils';
import { inetEndpoint, isNameEndpoint, type Connection, type InetEndpoint, type NameEndpoint } from '@netstrata/transport';
import { lookUp } from '@netstrata/transport/hosts';
import { Timeout } from '@netstrata/transport/layers';
import type { Place } from '../wire/address.js';
import { isName } from '../wire/names.js';
import { GENERAL_FAILURE, HOST_UNREACHABLE, NOT_ALLOWED, REFUSED, TTL_EXPIRED } from '../wire/replies.js';
import type { Binder, BoundPort, BoundPorts } from './bound-ports.js';
import type { ByteStream } from './byte-stream.js';
import type { Wanting } from './dialling.js';

/** What a client asks to listen on for every address of the server. */
const EVERY = '0.0.0.0';

/** So many bytes for whoever will connect are taken, to hear the client's end behind them. */
const MOST_EARLY = 65_536;

/** Who wants to listen. */
export interface WantingBind extends Wanting {
  /** The port is open: the first of two answers. */
  listens(local: InetEndpoint): void;
}

/** One BIND of a client's: until somebody has connected, or the client does not wait any more. */
export class Binding implements Binder {
  readonly owner: string | null;
  readonly #stream: ByteStream;
  readonly #ports: BoundPorts;
  readonly #wanting: WantingBind;
  #isOver = false;
  #port: BoundPort | null = null;
  readonly #timeout: Timeout;
  #early: Uint8Array[] = [];
  #room = MOST_EARLY;

  constructor(stream: ByteStream, ports: BoundPorts, owner: string | null, wanting: WantingBind) {
    this.#stream = stream;
    this.#ports = ports;
    this.owner = owner;
    this.#wanting = wanting;
    this.#timeout = new Timeout(ports.settings.timers);
  }

  /** The answer may come within the call. */
  start(place: Place): this {
    if (!isNameEndpoint(place)) this.#listenOn(place.address === EVERY ? null : place.address, place.port);
    else if (isIP(place.host) !== 0) this.#listenOn(place.host, place.port);
    else this.#listenOnName(place);
    return this;
  }

  /** The client is gone. */
  cancel(): void {
    this.#end()?.leave(() => {});
  }

  #listenOnName({ host, port }: NameEndpoint): void {
    const { bindLookup, dialTimeout } = this.#ports.settings;
    if (bindLookup === null || !isName(host)) {
      this.#forbidden(HOST_UNREACHABLE, { host, port });
      return;
    }
    this.#timeout.start(dialTimeout, () => { this.refused(HOST_UNREACHABLE); });
    lookUp(bindLookup, host, (error, [address]) => {
      if (this.#isOver) return;
      this.#timeout.stop();
      if (error !== null || address === undefined) this.refused(HOST_UNREACHABLE);
      else this.#listenOn(address, port);
    });
  }

  #listenOn(address: string | null, port: number): void {
    if (!this.#ports.settings.mayListen!(address ?? EVERY, port)) {
      this.#forbidden(NOT_ALLOWED, inetEndpoint(address ?? EVERY, port));
      return;
    }
    this.#port = this.#ports.of({ address, port }, this);
    try {
      if (this.#port === null) this.refused(REFUSED);
      else this.#port.start();
    } catch {
      // An address that this transport does not take.
      this.refused(GENERAL_FAILURE);
    }
  }

  #forbidden(reply: typeof NOT_ALLOWED | typeof HOST_UNREACHABLE, place: Place): void {
    this.#end();
    this.#wanting.forbidden(reply, place);
  }

  /** Everything that waits for something is taken back. Gives the port, if there is one. */
  #end(): BoundPort | null {
    const port = this.#port;
    this.#isOver = true;
    this.#port = null;
    this.#timeout.stop();
    this.#hearNoMore();
    this.#stream.removeListener('end', this.#ended);
    return port;
  }

  // ---- reports of the port -------------------------------------------------------------------------------------------

  /** @internal */
  listens(local: InetEndpoint): void {
    const { bindTimeout } = this.#ports.settings;
    this.#wanting.listens(local);
    if (bindTimeout !== null) {
      this.#timeout.start(bindTimeout, () => { this.#end()!.leave(() => { this.#wanting.refused(TTL_EXPIRED); }); });
    }
    // To hear that it does not wait any more.
    this.#stream.on('end', this.#ended);
    this.#stream.on('data', this.#heardTooEarly);
    this.#stream.resume();
  }

  /** @internal */
  accepted(connection: Connection): void {
    this.#end();
    for (const chunk of this.#early.reverse()) this.#stream.unshift(chunk);
    this.#early = [];
    this.#wanting.connected(connection, connection.remote);
  }

  /** @internal */
  refused(reply: number): void {
    this.#end();
    this.#wanting.refused(reply);
  }

  // ---- what the client does meanwhile --------------------------------------------------------------------------------

  /** Bytes for whoever will connect. */
  readonly #heardTooEarly = (chunk: Uint8Array): void => {
    this.#early.push(chunk);
    this.#room -= chunk.length;
    if (this.#room <= 0) this.#hearNoMore();
  };

  readonly #ended = (): void => {
    this.#end()?.leave(() => { this.#stream.end(); });
  };

  #hearNoMore(): void {
    this.#stream.removeListener('data', this.#heardTooEarly);
    this.#stream.pause();
  }
}
