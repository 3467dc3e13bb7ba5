import { invalidArgType, invalidArgValue, optionOf } from '@netstrata/stream-core';
import type {
  Acceptor, Capabilities, Connection, ConnectSink, Endpoint, Listener, ListenEndpoint, Transport,
} from '@netstrata/transport';
import { checkFunction } from '@netstrata/transport/layers';
import { settingsOf, type MuxOptions } from '../options/mux-options.js';
import { MuxListener } from '../session/mux-listener.js';
import type { PingDone } from '../session/pings.js';
import { Session } from '../session/session.js';
import { MuxStream } from '../stream/mux-stream.js';
import { isConnection } from './carrier.js';
import { CAPABILITIES, dialledOf, listenedOf } from './endpoints.js';

export interface MuxSessionOptions extends MuxOptions {
  /** Which end of the carrier this is: the one that has dialled it uses odd ids. */
  readonly side: 'dialler' | 'acceptor';
  /**
   * The carrier is gone, once and last: null after `close`, `abort`, or where both ends were done; an error where it broke, or the peer
   * broke the protocol.
   */
  readonly onClose?: ((error: Error | null) => void) | undefined;
}

/** One session of yamux: a transport whose connections are streams over one connection. */
export interface MuxSession extends Transport {
  /** Accepts what the other side dials. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener;
  /** Streams that are open, with those that only the peer has not ended yet. */
  readonly streams: number;
  /** Whether connections can be dialled: neither end has gone away. */
  readonly isOpen: boolean;
  /** Milliseconds of the last ping and its answer; null before the first. */
  readonly roundTrip: number | null;
  /** Of the carrier, with headers. */
  readonly bytesRead: number;
  /** Bytes of the carrier that were sent. */
  readonly bytesWritten: number;
  /** Asks the peer for an answer. The error is ETIMEDOUT where none comes in time, ECONNRESET where the session ends before. */
  ping(done: PingDone): void;
  /** No new streams, from either end; the session closes after the last. */
  drain(): void;
  /** Resets all streams, says goodbye, and closes the carrier. */
  close(): void;
  /** The same without a word: the carrier is reset. */
  abort(): void;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE. */
export function muxSession(connection: Connection, options: MuxSessionOptions): MuxSession {
  if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'of type object', options);
  if (!isConnection(connection)) throw invalidArgType('connection', 'a Connection', connection);
  const settings = settingsOf(options, ['side', 'onClose']);
  const side = optionOf(options, 'side');
  if (side !== 'dialler' && side !== 'acceptor') throw invalidArgValue('options.side', side, "must be 'dialler' or 'acceptor'");
  const onClose = optionOf(options, 'onClose') ?? (() => {});
  checkFunction('options.onClose', onClose);
  const owner = { onSessionChanged() {}, onSessionClosed: onClose };
  return new SessionTransport(connection, new Session(connection, side === 'dialler' ? 1 : 2, settings, owner));
}

/** What a session is for its user. */
class SessionTransport implements MuxSession {
  readonly name = 'mux';
  readonly capabilities: Capabilities = CAPABILITIES;
  readonly #carrier: Connection;
  readonly #session: Session;

  constructor(carrier: Connection, session: Session) {
    this.#carrier = carrier;
    this.#session = session;
  }

  /** Throws ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS; all else comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const stream = new MuxStream(this.#session, sink, null, dialledOf(endpoint));
    this.#session.open(stream);
    return stream;
  }

  /** Throws as `connect`. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    const listener = new MuxListener(listenedOf(endpoint), acceptor);
    this.#session.listen(listener);
    return listener;
  }

  get streams(): number {
    return this.#session.streams;
  }

  get isOpen(): boolean {
    return this.#session.takesStreams;
  }

  get roundTrip(): number | null {
    return this.#session.roundTrip;
  }

  get bytesRead(): number {
    return this.#carrier.bytesRead;
  }

  get bytesWritten(): number {
    return this.#carrier.bytesWritten;
  }

  ping(done: PingDone): void {
    checkFunction('done', done);
    this.#session.ping(done);
  }

  drain(): void {
    this.#session.drain();
  }

  close(): void {
    this.#session.close();
  }

  abort(): void {
    this.#session.abort();
  }
}
