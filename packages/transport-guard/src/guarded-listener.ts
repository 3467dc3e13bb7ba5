import { classify } from '@netstrata/ip-utils/classify';
import { isPathEndpoint, type Acceptor, type Connection, type Endpoint, type Listener } from '@netstrata/transport';
import type { AddressDenied } from './denied.js';
import type { Judge } from './judge.js';

/** A listener that must not listen: `onClose(error)` comes later, or null where it is closed before. */
export class RefusedListener implements Listener {
  readonly local = null;
  readonly native = null;
  readonly failure: AddressDenied;
  #isClosed = false;

  constructor(acceptor: Acceptor, failure: AddressDenied) {
    this.failure = failure;
    queueMicrotask(() => { acceptor.onClose(this.#isClosed ? null : failure); });
  }

  close(): void {
    this.#isClosed = true;
  }

  ref(): void {}
  unref(): void {}
}

const NAMELESS: Endpoint = { path: '' };

/**
 * Between a listener and the acceptor, where something is to be judged that is known only then: the port that was found, the endpoint of a
 * handle, the connections.
 */
export class GuardedListener implements Listener, Acceptor {
  readonly #acceptor: Acceptor;
  readonly #judge: Judge;
  #below: Listener | null = null;
  #denied: AddressDenied | null = null;
  /** It listens on every address: which one a connection has come to, it says itself. */
  #byLocal = false;
  #isClosed = false;

  constructor(acceptor: Acceptor, judge: Judge) {
    this.#acceptor = acceptor;
    this.#judge = judge;
  }

  /** What it is between; `onListening` has not come yet. */
  over(below: Listener): this {
    this.#below = below;
    this.#judgeLocal(below.local);
    return this;
  }

  // ---- the listener ---------------------------------------------------------------------------------------------------

  get local(): Endpoint | null {
    return this.#denied === null ? this.#below!.local : null;
  }

  get failure(): Error | null | undefined {
    return this.#denied ?? this.#below!.failure;
  }

  /** Not where connections are judged: those that others accept by its handle would not be. */
  get native(): unknown {
    if (this.#denied !== null) return null;
    return this.#handsOut ? this.#below!.native : undefined;
  }

  detach(): unknown {
    return this.#handsOut ? (this.#below!.detach?.() ?? null) : null;
  }

  close(): void {
    this.#isClosed = true;
    this.#below!.close();
  }

  ref(): void {
    this.#below!.ref();
  }

  unref(): void {
    this.#below!.unref();
  }

  get #handsOut(): boolean {
    return this.#denied === null && !this.#byLocal && !this.#judge.judgesPeers;
  }

  // ---- the acceptor ---------------------------------------------------------------------------------------------------

  get owner(): unknown {
    return this.#acceptor.owner;
  }

  onListening(): void {
    // What does not say where it listens is a path of which nothing else is known: it was adopted.
    this.#judgeLocal(this.#below!.local ?? NAMELESS);
    if (this.#denied === null && !this.#isClosed) this.#acceptor.onListening();
  }

  onConnection(connection: Connection): void {
    const isOpen = this.#denied === null && !this.#isClosed;
    if (isOpen && this.#accepts(connection)) this.#acceptor.onConnection(connection);
    else connection.abort();
  }

  /** The system is asked for the ends only where they count. */
  #accepts(connection: Connection): boolean {
    if (!this.#byLocal && !this.#judge.judgesPeers) return true;
    return this.#judge.accepts(connection.local, connection.remote, this.#byLocal);
  }

  onAcceptError(error: Error): void {
    if (this.#denied === null) this.#acceptor.onAcceptError(error);
  }

  onClose(error: Error | null): void {
    this.#acceptor.onClose(this.#isClosed ? error : (error ?? this.#denied));
  }

  /** Closed at once if it is denied: `onClose` comes when that is done. */
  #judgeLocal(local: Endpoint | null): void {
    if (local === null || this.#denied !== null || this.#isClosed || !this.#judge.judgesListening) return;
    this.#byLocal ||= !isPathEndpoint(local) && classify(local.address) === 'unspecified';
    this.#denied = this.#judge.listen(local);
    if (this.#denied !== null) this.#below!.close();
  }
}
