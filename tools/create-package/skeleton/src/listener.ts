import { systemError, type Acceptor, type Listener, type PathEndpoint } from '@netstrata/transport';
import { LineConnection } from './connection.js';
import type { Line, Service } from './line.js';
import { serve } from './medium.js';

/** A Listener on a name. The numbers are those of docs/how-it-works/contract.md. */
export class NameListener implements Listener {
  readonly local: PathEndpoint;
  readonly #acceptor: Acceptor;
  #service: Service | null = null;
  #closed = false;

  constructor(local: PathEndpoint, acceptor: Acceptor) {
    this.local = local;
    this.#acceptor = acceptor;
    // No line is answered before `onListening` (L1), which is not called inside `listen` (C1).
    queueMicrotask(() => this.#begin());
  }

  #begin(): void {
    if (this.#closed) return; // L5: closed before it listened
    this.#service = serve(this.local.path, (line) => this.#accept(line));
    if (this.#service !== null) {
      this.#acceptor.onListening();
      return;
    }
    this.#closed = true; // L3
    this.#acceptor.onClose(systemError({ code: 'EADDRINUSE', syscall: 'listen', endpoint: this.local })); // E3
  }

  /** The connection is stopped, and gets its sink from the acceptor (L2). */
  #accept(line: Line): void {
    this.#acceptor.onConnection(new LineConnection(line, { local: this.local }));
  }

  /** Frees the name at once; connections stay open (L4). */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#service?.stop();
    queueMicrotask(() => this.#acceptor.onClose(null)); // L5
  }

  // L6
  ref(): void {
    this.#service?.ref();
  }

  unref(): void {
    this.#service?.unref();
  }
}
