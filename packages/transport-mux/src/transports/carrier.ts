import { invalidArgType, isError, type ChannelSink } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink } from '@netstrata/transport';
import type { Settings } from '../options/mux-options.js';
import type { ListenerPlace, MuxListener } from '../session/mux-listener.js';
import { Session, type SessionOwner } from '../session/session.js';
import type { MuxStream } from '../stream/mux-stream.js';
import type { StreamPlace } from '../stream/stream-host.js';

/** Starts a connection to the other end, as `connect` of a transport does. */
export type DialCarrier = (sink: ConnectSink) => Connection;

/** Whose carrier it is. */
export interface CarrierOwner {
  /** Whether it stands, or takes new streams, may have changed. */
  onCarrierChanged(): void;
  onCarrierGone(carrier: Carrier, error: Error | null): void;
}

/** Whether it is a connection. What dials is the user's. */
export const isConnection = (given: unknown): given is Connection =>
  typeof given === 'object' && given !== null && typeof (given as Connection).readStart === 'function';

/** A carrier while it is dialled: who waits for it, and then the session over it. */
export class Carrier implements ConnectSink, StreamPlace, ListenerPlace, SessionOwner {
  readonly #settings: Settings;
  readonly #firstId: number;
  readonly #owner: CarrierOwner;
  readonly #streams = new Set<MuxStream>();
  #listener: MuxListener | null = null;
  #connection: Connection | null = null;
  #session: Session | null = null;
  #holds = 0;
  #isHolding = true;
  #isGone = false;
  /** `dial` has not returned yet. One that is a user's may report all the same. */
  #isCalling = false;
  /** What was said of it before `dial` had returned it: `close` of what was not made yet. */
  #isUnwanted = false;

  constructor(settings: Settings, firstId: number, owner: CarrierOwner) {
    this.#settings = settings;
    this.#firstId = firstId;
    this.#owner = owner;
  }

  get session(): Session | null {
    return this.#session;
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  /** Whether new connections may go over it. */
  get takesStreams(): boolean {
    return !this.#isGone && !this.#isUnwanted && this.#session?.takesStreams !== false;
  }

  dial(dial: DialCarrier): this {
    try {
      this.#isCalling = true;
      const connection = dial(this);
      if (!isConnection(connection)) throw invalidArgType('what dial returns', 'a Connection', connection);
      this.#connection = connection;
    } catch (error) {
      const reason = isError(error) ? error : systemError({ syscall: 'connect', code: 'ECONNABORTED' });
      queueMicrotask(() => this.onClose(reason));
      return this;
    } finally {
      this.#isCalling = false;
    }
    // Whoever dials may have closed it all.
    if (this.#isUnwanted) this.#connection.close();
    this.#updateHold();
    return this;
  }

  open(stream: MuxStream): void {
    if (this.#session !== null) this.#session.open(stream);
    else this.#streams.add(stream);
  }

  listen(listener: MuxListener): void {
    if (this.#session !== null) this.#session.listen(listener);
    else {
      this.#listener = listener;
      listener.join(this);
    }
  }

  // ---- while it is dialled ------------------------------------------------------------------------------------------

  hold(by: 1 | -1): void {
    this.#holds += by;
    this.#updateHold();
  }

  #updateHold(): void {
    const holds = this.#holds > 0;
    if (this.#connection === null || this.#session !== null || holds === this.#isHolding) return;
    this.#isHolding = holds;
    if (holds) this.#connection.ref();
    else this.#connection.unref();
  }

  forget(stream: MuxStream): void {
    this.#streams.delete(stream);
    this.#giveUp();
  }

  forgetListener(listener: MuxListener): void {
    if (this.#listener === listener) this.#listener = null;
    this.#giveUp();
  }

  /** Nobody waits for it any more. */
  #giveUp(): void {
    if (this.#session !== null || this.#isGone || this.#streams.size > 0 || this.#listener !== null) return;
    this.#isUnwanted = true;
    this.#connection?.close();
  }

  onConnect(): void {
    if (this.#isCalling) queueMicrotask(() => this.onConnect());
    const connection = this.#connection;
    if (connection === null || this.#isGone || this.#isUnwanted || this.#session !== null) return;
    if (!this.#isHolding) connection.ref();
    const session = new Session(connection, this.#firstId, this.#settings, this);
    const streams = [...this.#streams];
    const listener = this.#listener;
    this.#session = session;
    this.#streams.clear();
    this.#listener = null;
    for (const stream of streams) session.open(stream);
    if (listener !== null) session.listen(listener);
    this.#owner.onCarrierChanged();
  }

  onClose(error: Error | null): void {
    if (this.#isCalling) queueMicrotask(() => this.onClose(error));
    if (this.#isCalling || this.#isGone) return;
    const reason = error ?? systemError({ syscall: 'connect', code: 'ECONNABORTED' });
    const streams = [...this.#streams];
    this.#isGone = true;
    this.#streams.clear();
    for (const stream of streams) stream.failed(reason);
    this.#listener?.leave(reason);
    this.#owner.onCarrierGone(this, error);
  }

  onSessionChanged(): void {
    this.#owner.onCarrierChanged();
  }

  onSessionClosed(error: Error | null): void {
    this.#isGone = true;
    this.#owner.onCarrierGone(this, error);
  }

  /** Everything is over: what waits fails, what is open is reset. */
  close(): void {
    if (this.#session !== null) {
      this.#session.close();
      return;
    }
    this.#isUnwanted = true;
    const error = systemError({ syscall: 'connect', code: 'ECONNABORTED' });
    for (const stream of [...this.#streams]) stream.failed(error);
    this.#listener?.leave(error);
    this.#connection?.close();
  }

  // Before it stands there is nothing to read or write.
  onData: ChannelSink['onData'] = () => {};
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
}
