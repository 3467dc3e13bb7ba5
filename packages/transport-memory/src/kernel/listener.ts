import { systemError, type Acceptor, type Endpoint, type Listener, type SystemError } from '@netstrata/transport';
import type { MemoryConnection } from './connection.js';
import type { KernelEnd } from './kernel-end.js';
import type { Binding } from './ports.js';
import { Reporter } from '../program/reporter.js';
import type { Stack } from './kernel.js';

const LISTENING = 1 << 0;
const FAILED = 1 << 1;
const ARRIVED = 1 << 2;
const CLOSED = 1 << 3;

/** Node's. */
const DEFAULT_BACKLOG = 511;

/** How long Linux goes on answering a dial before it forgets who does not say that they know (tcp_synack_retries of 5). */
const HALF_MADE = 63_000;

/** Takes what dials an endpoint of its host. */
export class MemoryListener extends Reporter implements Listener {
  readonly #acceptor: Acceptor;
  readonly #backlog: number;
  readonly #where: Endpoint;
  /** Null where it listens on a path. */
  readonly binding: Binding | null;
  /** Connected, and not accepted yet. */
  readonly #queue: MemoryConnection[] = [];
  /** Half made: the other end has not said that it knows. */
  readonly #coming = new Set<KernelEnd>();
  #failure: SystemError | null = null;
  #isClosed = false;

  constructor(stack: Stack, where: Endpoint, binding: Binding | null, acceptor: Acceptor, backlog = DEFAULT_BACKLOG) {
    super(stack);
    this.#where = where;
    this.binding = binding;
    this.#acceptor = acceptor;
    this.#backlog = Math.min(backlog, stack.host.limits.backlog);
  }

  get local(): Endpoint | null { return this.#isClosed || this.#failure !== null ? null : this.#where; }
  /** There is no handle; null says that it does not listen. */
  get native(): null | undefined { return this.isListening ? undefined : null; }
  get where(): Endpoint { return this.#where; }
  get isListening(): boolean { return !this.#isClosed && this.#failure === null; }
  /** How many wait to be accepted. */
  get waiting(): number { return this.#queue.length; }
  /** As on Linux, one more than was asked for. */
  get hasRoom(): boolean { return this.#queue.length + this.#coming.size <= this.#backlog; }

  began(): void {
    this.stack.listeners.add(this);
    this.due |= LISTENING;
    this.scheduleNow();
    this.stack.host.network.tellListener('listen', this.stack.host, this);
  }

  failed(error: SystemError): void {
    this.#failure = error;
    this.due |= FAILED;
    this.scheduleNow();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.endWith(CLOSED);
    if (this.#failure !== null) return;
    this.stack.host.unlisten(this);
    for (const connection of [...this.#coming, ...this.#queue]) connection.abort();
    this.#coming.clear();
    this.#queue.length = 0;
  }

  ref(): void {}
  unref(): void {}

  /** A connection is on its way. */
  comes(connection: MemoryConnection): void {
    connection.waitsAt = this;
    this.#coming.add(connection);
    // Where nothing is held up the other end says so at once.
    if (!connection.outgoing!.path.isIdeal) this.stack.host.network.time.after(HALF_MADE, expired, connection, true);
  }

  /** It will not come. */
  left(connection: KernelEnd): void {
    this.#coming.delete(connection);
  }

  /** It is there. */
  arrived(connection: MemoryConnection): void {
    this.#coming.delete(connection);
    this.#queue.push(connection);
    this.#dueNow(ARRIVED);
  }

  protected get ready(): number { return this.due; }

  protected tell(): void {
    if ((this.due & CLOSED) !== 0) {
      this.due = 0;
      this.#acceptor.onClose(null);
    } else if ((this.due & FAILED) !== 0) {
      this.due = 0;
      this.#isClosed = true;
      this.#acceptor.onClose(this.#failure);
    } else if ((this.due & LISTENING) !== 0) {
      this.due &= ~LISTENING;
      this.#acceptor.onListening();
    } else {
      this.#accept();
    }
  }

  #accept(): void {
    const connection = this.#queue.shift()!;
    if (this.#queue.length === 0) this.due &= ~ARRIVED;
    if (!connection.openFile()) {
      // libuv takes it with a file that it keeps for this, and closes it.
      connection.close();
      this.#acceptor.onAcceptError(systemError({ code: 'EMFILE', syscall: 'accept' }));
      return;
    }
    connection.note('accept', 0);
    this.#acceptor.onConnection(connection);
  }

  #dueNow(bit: number): void {
    if (this.#isClosed) return;
    this.due |= bit;
    this.schedule();
  }
}

function expired(connection: KernelEnd): void {
  if (connection.waitsAt !== null) connection.resetArrived('ETIMEDOUT');
}
