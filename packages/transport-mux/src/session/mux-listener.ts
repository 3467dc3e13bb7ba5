import { systemError, type Acceptor, type Connection, type Endpoint, type Listener } from '@netstrata/transport';
import { throwAlone } from '../stream/throw-alone.js';

/** Where a listener waits or listens. */
export interface ListenerPlace {
  hold(by: 1 | -1): void;
  /** It listens no more. */
  forgetListener(listener: MuxListener): void;
}

/** Takes the streams that the peer opens. */
export class MuxListener implements Listener {
  readonly local: Endpoint;
  readonly #acceptor: Acceptor;
  #place: ListenerPlace | null = null;
  #isHeld = true;
  #isListening = false;
  #isClosed = false;
  /** What `onClose` will report. `close` replaces a failure that was not reported yet. */
  #error: Error | null = null;

  constructor(local: Endpoint, acceptor: Acceptor) {
    this.local = local;
    this.#acceptor = acceptor;
  }

  get isListening(): boolean {
    return this.#isListening && !this.#isClosed;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** It waits here for a carrier, or has one. */
  join(place: ListenerPlace): void {
    if (this.#isHeld) {
      this.#place?.hold(-1);
      place.hold(1);
    }
    this.#place = place;
  }

  /** There is a carrier. */
  begin(): void {
    queueMicrotask(() => {
      if (this.#isClosed) return;
      this.#isListening = true;
      this.#acceptor.onListening();
    });
  }

  accept(connection: Connection): void {
    try {
      this.#acceptor.onConnection(connection);
    } catch (error) {
      throwAlone(error);
    }
  }

  taken(): void {
    this.leave(systemError({ syscall: 'listen', code: 'EADDRINUSE', endpoint: this.local }));
  }

  close(): void {
    this.#error = null;
    this.leave(null);
  }

  leave(error: Error | null): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#error = error;
    if (this.#isHeld) this.#place?.hold(-1);
    this.#isHeld = false;
    this.#place?.forgetListener(this);
    queueMicrotask(() => this.#acceptor.onClose(this.#error));
  }

  ref(): void {
    this.#hold(true);
  }

  unref(): void {
    this.#hold(false);
  }

  #hold(on: boolean): void {
    if (this.#isHeld === on || this.#isClosed) return;
    this.#isHeld = on;
    this.#place?.hold(on ? 1 : -1);
  }
}
