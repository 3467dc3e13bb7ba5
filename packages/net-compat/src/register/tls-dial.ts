import type { Connection, Transport } from '@netstrata/transport';
import type { Attempt } from '../dial/attempt.js';
import { liftDeadline } from '../dial/deadline.js';
import type { DialDetails, DialState } from '../dial/dialling-socket.js';
import type { Timer } from '../runtime/clock.js';
import type { RawHandle, TlsSocket, TlsWraps } from './tls-wrap.js';

/**
 * The dial of a `TLSSocket`. It is made on the handles that stand under its wrap, so that session, ALPN, PSK and listeners stay what they
 * are: the first attempt on the handle that tls has opened; each further one has a handle of its own, which is put there if it connects.
 */
export class TlsDial implements DialState {
  readonly isAborted = false;
  readonly movesTls = true;
  readonly details: DialDetails & { attempt: Attempt | null } = { attempt: null, bound: null };
  connection: Connection | null = null;
  transport: Transport | null = null;
  readonly #socket: TlsSocket;
  readonly #wraps: TlsWraps;
  deadline: Timer | null = null;
  /** On the handle that is under the socket; null before the first attempt. */
  #lent: Connection | null = null;

  constructor(socket: TlsSocket, wraps: TlsWraps) {
    this.#socket = socket;
    this.#wraps = wraps;
  }

  put(_key: 'attempt', attempt: Attempt | null): void {
    this.details.attempt = attempt;
  }

  open(transport: Transport): Connection {
    const raw = this.#lent === null ? this.#socket._handle!._parent : this.#wraps.renew(this.#socket);
    return (this.#lent = transport.adoptConnection!(raw, { lent: true }));
  }

  begin(attempt: Attempt): void {
    this.details.attempt = attempt;
    this.connection = attempt.connection;
  }

  join(connection: Connection): void {
    if (this.#socket._handle?.hasRef?.() === false) connection.unref();
  }

  connected(attempt: Attempt): void {
    this.connection = null;
    liftDeadline(this.#socket, this);
    // It lets the handle go, which stays open. One of several attempts has a handle of its own, which stands under the socket from now on.
    if (attempt.connection === this.#lent) attempt.abandon();
    else this.#wraps.put(this.#socket, attempt.connection!.detach!() as RawHandle);
    this.#wraps.connected(this.#socket);
  }

  /** The socket is destroyed, and closes its handle itself. */
  stop(): void {
    liftDeadline(this.#socket, this);
    this.details.attempt?.abandon();
    this.details.attempt = null;
    this.connection = null;
  }
}
