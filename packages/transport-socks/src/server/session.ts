import { ByteReader } from '@netstrata/stream-core/reader';
import { isPathEndpoint, type Connection, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { isIP } from '@netstrata/ip-utils';
import { after } from '../options/clock.js';
import { lookUp } from '../options/lookup.js';
import { encodeMessage, type Message, type Place } from '../wire/address.js';
import { isName } from '../wire/names.js';
import { GENERAL_FAILURE, HOST_UNREACHABLE, NOT_ALLOWED, NO_SUCH_COMMAND, REFUSED, SUCCEEDED } from '../wire/replies.js';
import { BIND, CONNECT, NONE_ACCEPTABLE, type Credentials } from '../wire/socks5.js';
import type { Binder, BoundPort, BoundPorts } from './bound-ports.js';
import { reset, type ByteStream } from './byte-stream.js';
import { Dialling, type Wanting } from './dialling.js';
import { Handshake, type Step } from './handshake.js';
import { Relay } from './relay.js';

/** How long a client that was refused may take to read it and to leave. */
const FAREWELL_MS = 2000;

const NOWHERE: InetEndpoint = { address: '0.0.0.0', port: 0, family: 'IPv4' };

/** One client, from the greeting until it is gone. */
export class Session implements Wanting, Binder {
  readonly #stream: ByteStream;
  readonly #ports: BoundPorts;
  readonly #left: () => void;
  readonly #handshake: Handshake;
  readonly #reader = new ByteReader();
  #user = '';
  #isGone = false;
  /** It has still to say what it wants. */
  #isTalking = true;
  /** It asks to be connected, or waits for somebody. */
  #isListening = false;
  #timer: unknown = null;
  #dialling: Dialling | null = null;
  #port: BoundPort | null = null;
  #relay: Relay | null = null;

  constructor(stream: ByteStream, ports: BoundPorts, left: () => void) {
    this.#stream = stream;
    this.#ports = ports;
    this.#left = left;
    this.#handshake = new Handshake(ports.settings.authenticate !== null);
  }

  start(): void {
    const stream = this.#stream;
    // An end is passed on alone.
    stream.allowHalfOpen = true;
    stream.setNoDelay?.(true);
    stream.on('error', this.#broken);
    stream.on('close', this.#closed);
    stream.on('end', this.#ended);
    stream.on('data', this.#heard);
    this.#after(this.#ports.settings.timeout, () => { this.#drop(); });
  }

  // ---- the handshake -------------------------------------------------------------------------------------------------

  readonly #heard = (chunk: Uint8Array): void => {
    try {
      this.#reader.push(chunk);
    } catch {
      // A stream of text.
      this.#drop();
      return;
    }
    this.#advance();
  };

  #advance(): void {
    try {
      let step = this.#handshake.next(this.#reader);
      while (step !== null && this.#take(step)) step = this.#handshake.next(this.#reader);
    } catch {
      // Malformed: nobody that an answer would mean something to.
      this.#drop();
    }
  }

  /** Whether to read on. */
  #take(step: Step): boolean {
    if ('method' in step) {
      const answer = Uint8Array.of(5, step.method);
      if (step.method === NONE_ACCEPTABLE) this.#farewell(answer);
      else this.#stream.write(answer);
      return step.method !== NONE_ACCEPTABLE;
    }
    if ('credentials' in step) this.#authenticate(step.credentials);
    else this.#begin(step.request);
    return false;
  }

  #authenticate(credentials: Credentials | null): void {
    this.#stream.pause();
    if (credentials === null) {
      this.#authenticated(false, '');
      return;
    }
    const { user, password } = credentials;
    const { remoteAddress: address, remotePort: port } = this.#stream;
    const remote = address === undefined || port === undefined ? null : { address, port };
    let answer: unknown;
    try {
      answer = this.#ports.settings.authenticate!(user, password, { remote });
    } catch {
      answer = false;
    }
    if (typeof answer === 'boolean') this.#authenticated(answer, user);
    else Promise.resolve(answer).then((ok) => { this.#authenticated(ok === true, user); }, () => { this.#authenticated(false, user); });
  }

  #authenticated(ok: boolean, user: string): void {
    if (this.#isGone) return;
    if (!ok) {
      this.#farewell(Uint8Array.of(1, 1));
      return;
    }
    this.#user = user;
    this.#stream.write(Uint8Array.of(1, 0));
    this.#stream.resume();
    this.#advance();
  }

  /** The request has come. What is behind it is for whom the client will be connected with. */
  #begin({ code, place }: Message): void {
    const stream = this.#stream;
    this.#isTalking = false;
    stream.removeListener('data', this.#heard);
    stream.pause();
    const early = this.#reader.release();
    if (early.length > 0) stream.unshift(early);
    this.#stopTimer();
    if (code === CONNECT) {
      this.#dialling = new Dialling(this.#ports.settings, place, this);
      this.#dialling.start();
    } else if (code === BIND && this.#ports.settings.bind !== null) this.#bind(place);
    else this.refused(NO_SUCH_COMMAND);
  }

  // ---- CONNECT -------------------------------------------------------------------------------------------------------

  /** @internal */
  connected(connection: Connection): void {
    this.#dialling = null;
    this.#join(connection, connection.local);
  }

  /** @internal */
  refused(reply: number): void {
    this.#dialling = null;
    this.#port = null;
    if (!this.#isGone) this.#farewell(encodeMessage(reply, NOWHERE));
  }

  #join(connection: Connection, told: Endpoint | null): void {
    if (this.#isGone) {
      connection.abort();
      return;
    }
    const { timers, idleTimeout } = this.#ports.settings;
    this.#reply(told);
    this.#relay = new Relay(this.#stream, connection, timers).start(idleTimeout);
  }

  #reply(endpoint: Endpoint | null): void {
    this.#stream.write(encodeMessage(SUCCEEDED, endpoint === null || isPathEndpoint(endpoint) ? NOWHERE : endpoint));
  }

  // ---- BIND ----------------------------------------------------------------------------------------------------------

  /** @internal */
  get owner(): string {
    // No address has a space: nobody's name makes one of it.
    return `${this.#stream.remoteAddress ?? ''} ${this.#user}`;
  }

  #bind(place: Place): void {
    this.#stream.setKeepAlive?.(true, 60_000);
    if (!('host' in place)) this.#listenOn(place.address === NOWHERE.address ? null : place.address, place.port);
    else if (isIP(place.host) !== 0) this.#listenOn(place.host, place.port);
    else this.#listenOnName(place.host, place.port);
  }

  #listenOnName(host: string, port: number): void {
    const { lookup, dialTimeout } = this.#ports.settings;
    if (lookup === null || !isName(host)) {
      this.refused(HOST_UNREACHABLE);
      return;
    }
    this.#after(dialTimeout, () => { this.#drop(); });
    lookUp(lookup, host, (error, [address]) => {
      this.#stopTimer();
      if (this.#isGone) return;
      if (error !== null || address === undefined) this.refused(HOST_UNREACHABLE);
      else this.#listenOn(address, port);
    });
  }

  #listenOn(address: string | null, port: number): void {
    if (!this.#ports.settings.bind!.check(address ?? NOWHERE.address, port).allowed) {
      this.refused(NOT_ALLOWED);
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

  /** @internal */
  listens(local: InetEndpoint): void {
    this.#reply(local);
    // To hear that it does not wait any more.
    this.#isListening = true;
    this.#stream.on('data', this.#heardTooEarly);
    this.#stream.resume();
  }

  /** Bytes for whoever will connect. */
  readonly #heardTooEarly = (chunk: Uint8Array): void => {
    this.#hearNoMore();
    this.#stream.unshift(chunk);
  };

  #hearNoMore(): void {
    this.#stream.removeListener('data', this.#heardTooEarly);
    this.#stream.pause();
  }

  /** @internal */
  accepted(connection: Connection): void {
    this.#port = null;
    this.#isListening = false;
    this.#hearNoMore();
    this.#join(connection, connection.remote);
  }

  // ---- the end -------------------------------------------------------------------------------------------------------

  readonly #ended = (): void => {
    if (this.#isListening) {
      const port = this.#port!;
      this.#isListening = false;
      this.#port = null;
      port.leave(() => { this.#stream.end(); });
    } else if (this.#isTalking) this.#drop();
  };

  readonly #broken = (): void => {
    this.#leave();
  };

  readonly #closed = (): void => {
    this.#leave();
  };

  #drop(): void {
    this.#leave();
    reset(this.#stream);
  }

  /** The last words. */
  #farewell(words: Uint8Array): void {
    const stream = this.#stream;
    this.#isTalking = false;
    stream.removeListener('data', this.#heard);
    this.#after(FAREWELL_MS, () => { stream.destroy(); });
    stream.write(words);
    stream.end();
    stream.resume();
  }

  #after(milliseconds: number, task: () => void): void {
    this.#stopTimer();
    this.#timer = after(this.#ports.settings.timers, milliseconds, task);
  }

  #stopTimer(): void {
    if (this.#timer !== null) this.#ports.settings.timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#stopTimer();
    this.#dialling?.cancel();
    this.#port?.leave(() => {});
    this.#relay?.stop();
    this.#left();
  }
}
