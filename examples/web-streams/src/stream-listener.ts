import type { Acceptor, Endpoint, Listener, ListenEndpoint } from '@netstrata/transport';
import { fromWebStreams, type WebStreams } from '@netstrata/transport/adapters';
import { failure } from './failure.js';
import type { StreamMedium } from './medium.js';

export class StreamListener implements Listener {
  readonly local: Endpoint;
  readonly #acceptor: Acceptor;
  readonly #stop = new AbortController();

  constructor(medium: StreamMedium, endpoint: ListenEndpoint, acceptor: Acceptor) {
    this.local = endpoint as Endpoint;
    this.#acceptor = acceptor;
    void this.#serve(medium);
  }

  get #isClosed(): boolean {
    return this.#stop.signal.aborted;
  }

  async #serve(medium: StreamMedium): Promise<void> {
    let syscall = 'listen';
    let reason: unknown;
    try {
      const pairs = await medium.listen!(this.local, this.#stop.signal);
      syscall = 'accept';
      queueMicrotask(() => this.#isClosed || this.#acceptor.onListening());
      // In a microtask: what a listener of the user's throws is no failure of the medium.
      for await (const pair of pairs) queueMicrotask(() => this.#accept(pair));
    } catch (thrown) {
      reason = thrown;
    }
    const code = syscall === 'listen' ? 'EADDRNOTAVAIL' : 'ECONNABORTED';
    if (!this.#isClosed) this.#leave(failure({ syscall, code, endpoint: this.local }, reason));
  }

  #accept(pair: WebStreams): void {
    const connection = fromWebStreams(pair, { local: this.local });
    // It was on its way when the listener closed.
    if (this.#isClosed) connection.abort();
    else this.#acceptor.onConnection(connection);
  }

  close(): void {
    if (!this.#isClosed) this.#leave(null);
  }

  #leave(error: Error | null): void {
    this.#stop.abort();
    queueMicrotask(() => this.#acceptor.onClose(error));
  }

  /** Streams do not keep a process alive. */
  ref(): void {}

  unref(): void {}
}
