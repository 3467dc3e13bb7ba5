import { ByteReader } from '@netstrata/stream-core/reader';
import { isNameEndpoint, isPathEndpoint, type Connection, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { Timeout } from '@netstrata/transport/layers';
import { encodeMessage, type Message, type Place } from '../wire/address.js';
import { Handshake, type Step } from '../wire/handshake.js';
import { HOST_UNREACHABLE, NO_SUCH_COMMAND, NOT_ALLOWED, SUCCEEDED } from '../wire/replies.js';
import { BIND, CONNECT, NONE_ACCEPTABLE, type Credentials } from '../wire/socks5.js';
import { Binding, type WantingBind } from './binding.js';
import type { BoundPorts } from './bound-ports.js';
import { prepareStream, remoteOf, reset, type ByteStream, type Remote } from './byte-stream.js';
import { Dialling } from './dialling.js';
import { Relay } from './relay.js';
import type { SocksRefusal } from './server-options.js';

/** How long a client that was refused may take to read it and to leave. */
const FAREWELL_MS = 2000;

const NOWHERE: InetEndpoint = { address: '0.0.0.0', port: 0, family: 'IPv4' };

/** One client, from the greeting until it is gone. */
export class Session implements WantingBind {
  readonly #stream: ByteStream;
  readonly #ports: BoundPorts;
  readonly #left: () => void;
  readonly #handshake: Handshake;
  readonly #reader = new ByteReader();
  readonly #remote: Remote | null;
  #user = '';
  #isGone = false;
  /** It has still to say what it wants. */
  #isTalking = true;
  #tellsRemote = false;
  readonly #timeout: Timeout;
  /** What it has asked for, until that is answered. */
  #asked: Dialling | Binding | null = null;
  #relay: Relay | null = null;

  constructor(stream: ByteStream, ports: BoundPorts, left: () => void) {
    this.#stream = stream;
    this.#ports = ports;
    this.#left = left;
    this.#remote = remoteOf(stream);
    this.#timeout = new Timeout(ports.settings.timers);
    this.#handshake = new Handshake(ports.settings.authenticate !== null);
  }

  start(): void {
    const stream = this.#stream;
    // An end is passed on alone.
    stream.allowHalfOpen = true;
    prepareStream(stream);
    stream.on('error', this.#broken);
    stream.on('close', this.#closed);
    stream.on('end', this.#ended);
    stream.on('data', this.#heard);
    this.#timeout.start(this.#ports.settings.timeout, () => { this.#drop(); });
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
      this.#tell('EPROTO', null);
      this.#drop();
    }
  }

  /** Whether to read on. */
  #take(step: Step): boolean {
    if ('method' in step) {
      const answer = Uint8Array.of(5, step.method);
      if (step.method === NONE_ACCEPTABLE) {
        this.#tell('EACCES', null);
        this.#farewell(answer);
      } else this.#stream.write(answer);
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
    let answer: unknown;
    try {
      answer = this.#ports.settings.authenticate!(user, password, { remote: this.#remote });
    } catch {
      answer = false;
    }
    if (typeof answer === 'boolean') this.#authenticated(answer, user);
    else Promise.resolve(answer).then((ok) => { this.#authenticated(ok === true, user); }, () => { this.#authenticated(false, user); });
  }

  #authenticated(ok: boolean, user: string): void {
    if (this.#isGone) return;
    if (!ok) {
      this.#tell('EACCES', null);
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
    this.#tellsRemote = this.#handshake.tellsRemote && code === CONNECT && isNameEndpoint(place);
    stream.removeListener('data', this.#heard);
    stream.pause();
    const early = this.#reader.release();
    if (early.length > 0) stream.unshift(early);
    this.#timeout.stop();
    if (code === CONNECT) {
      const dialling = new Dialling(this.#ports.settings, place, this);
      this.#asked = dialling;
      dialling.start();
    } else if (code === BIND && this.#ports.settings.mayListen !== null) {
      const binding = new Binding(stream, this.#ports, this.#owner, this);
      this.#asked = binding;
      binding.start(place);
    } else {
      this.#tell('EOPNOTSUPP', place);
      this.refused(NO_SUCH_COMMAND);
    }
  }

  /** No address has a space: nobody's name makes one of it. Null for one of whom nothing is known. */
  get #owner(): string | null {
    return this.#remote === null && this.#user === '' ? null : `${this.#remote?.address ?? ''} ${this.#user}`;
  }

  #tell(code: SocksRefusal['code'], endpoint: Place | null): void {
    this.#ports.settings.onRefused?.({ code, endpoint, remote: this.#remote });
  }

  // ---- what has come of the request ----------------------------------------------------------------------------------

  /** @internal */
  connected(connection: Connection, told: Endpoint | null): void {
    this.#asked = null;
    if (this.#isGone) {
      connection.abort();
      return;
    }
    const { timers, idleTimeout } = this.#ports.settings;
    this.#reply(told);
    if (this.#tellsRemote) this.#reply(connection.remote);
    this.#relay = new Relay(this.#stream, connection, timers, this.#left).start(idleTimeout);
  }

  /** @internal */
  forbidden(reply: typeof NOT_ALLOWED | typeof HOST_UNREACHABLE, place: Place): void {
    if (!this.#isGone) this.#tell(reply === NOT_ALLOWED ? 'EACCES' : 'ENOTFOUND', place);
    this.refused(reply);
  }

  /** @internal */
  refused(reply: number, tried: InetEndpoint | null = null): void {
    this.#asked = null;
    if (!this.#isGone) this.#farewell(encodeMessage(reply, (this.#tellsRemote ? tried : null) ?? NOWHERE));
  }

  #reply(endpoint: Endpoint | null): void {
    this.#stream.write(encodeMessage(SUCCEEDED, endpoint === null || isPathEndpoint(endpoint) ? NOWHERE : endpoint));
  }

  /** @internal */
  listens(local: InetEndpoint): void {
    this.#reply(local);
  }

  // ---- the end -------------------------------------------------------------------------------------------------------

  readonly #ended = (): void => {
    if (this.#isTalking) this.#drop();
  };

  readonly #broken = (): void => {
    this.#drop();
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
    this.#timeout.start(FAREWELL_MS, () => { stream.destroy(); });
    stream.write(words);
    stream.end();
    stream.resume();
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#timeout.stop();
    this.#asked?.cancel();
    if (this.#relay === null) this.#left();
    else this.#relay.stop();
  }
}
