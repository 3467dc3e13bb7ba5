import { systemError, type Acceptor, type Listener, type PathEndpoint } from '@netstrata/transport';
import { PortConnection } from './port-connection.js';

/** The listeners by name, and whether they keep the process alive. */
export interface Switchboard {
  readonly listeners: Map<string, PortListener>;
  hold(by: 1 | -1): void;
}

export class PortListener implements Listener {
  readonly local: PathEndpoint;
  readonly #acceptor: Acceptor;
  readonly #board: Switchboard;
  #closed = false;
  #held = false;

  constructor(board: Switchboard, endpoint: PathEndpoint, acceptor: Acceptor) {
    this.#board = board;
    this.local = endpoint;
    this.#acceptor = acceptor;
    const taken = board.listeners.has(endpoint.path);
    if (!taken) board.listeners.set(endpoint.path, this);
    this.ref();
    queueMicrotask(() => this.#begin(taken));
  }

  #begin(taken: boolean): void {
    if (this.#closed) return;
    if (taken) this.#leave(systemError({ syscall: 'listen', code: 'EADDRINUSE', endpoint: this.local }));
    else this.#acceptor.onListening();
  }

  accept(port: MessagePort): void {
    port.postMessage('accepted');
    this.#acceptor.onConnection(new PortConnection(port, { local: this.local }, null));
  }

  close(): void {
    if (!this.#closed) this.#leave(null);
  }

  #leave(error: Error | null): void {
    this.unref();
    this.#closed = true;
    const { listeners } = this.#board;
    if (listeners.get(this.local.path) === this) listeners.delete(this.local.path);
    queueMicrotask(() => this.#acceptor.onClose(error));
  }

  ref(): void {
    if (this.#held || this.#closed) return;
    this.#held = true;
    this.#board.hold(1);
  }

  unref(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#board.hold(-1);
  }
}
