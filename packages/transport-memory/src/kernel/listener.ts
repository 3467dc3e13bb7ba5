import type { Acceptor, Connection, Endpoint, Listener, SystemError } from '@netstrata/transport';
import type { Limits } from '../base/limits.js';
import type { Time } from '../base/time.js';
import type { HostStatus } from '../flow/flow-end.js';
import type { Program } from '../program/program.js';
import { Reporter } from '../program/reporter.js';
import type { KernelEnd, ListenQueue } from './kernel-end.js';
import type { Binding } from './ports.js';

const LISTENING = 1 << 0;
const FAILED = 1 << 1;
const ARRIVED = 1 << 2;
const CLOSED = 1 << 3;

/** Node's. */
const DEFAULT_BACKLOG = 511;

/** How long Linux keeps a half-open connection, and answers its dial again and again (tcp_synack_retries of 5). */
const HALF_OPEN_TIMEOUT = 63_000;

/** What a listener asks of its kernel. */
export interface ListenerKernel {
  readonly host: HostStatus;
  readonly limits: Readonly<Limits>;
  readonly program: Program;
  readonly time: Time;
  /** The listener is open. */
  listens(listener: MemoryListener): void;
  /** It is closed, and its endpoint is free. */
  unlistens(listener: MemoryListener): void;
}

/** Accepts connections to an endpoint of its host. Owns the accept queue, the half-open connections, and the backlog that limits both. */
export class MemoryListener extends Reporter implements Listener, ListenQueue {
  readonly #kernel: ListenerKernel;
  readonly #acceptor: Acceptor;
  readonly #backlog: number;
  readonly #where: Endpoint;
  /** Null where it listens on a path. */
  readonly binding: Binding | null;
  /** Connected, and not accepted yet. */
  readonly #queue: (KernelEnd & Connection)[] = [];
  /** The peer has not confirmed them. */
  readonly #halfOpen = new Set<KernelEnd>();
  #failure: SystemError | null = null;
  #isClosed = false;

  constructor(kernel: ListenerKernel, where: Endpoint, binding: Binding | null, acceptor: Acceptor, backlog = DEFAULT_BACKLOG) {
    super(kernel.program);
    this.#kernel = kernel;
    this.#where = where;
    this.binding = binding;
    this.#acceptor = acceptor;
    this.#backlog = Math.min(backlog, kernel.limits.backlog);
  }

  get local(): Endpoint | null { return this.#isClosed || this.#failure !== null ? null : this.#where; }
  /** There is no handle; null says that it does not listen. */
  get native(): null | undefined { return this.isListening ? undefined : null; }
  /** Where it listens, also after it was closed. */
  get where(): Endpoint { return this.#where; }
  /** The host that it is on. */
  get host(): HostStatus { return this.#kernel.host; }
  /** Whether it is neither closed nor has failed. */
  get isListening(): boolean { return !this.#isClosed && this.#failure === null; }
  /** How many wait to be accepted. */
  get waiting(): number { return this.#queue.length; }
  /** As on Linux, one more than was asked for. */
  get hasRoom(): boolean { return this.#queue.length + this.#halfOpen.size <= this.#backlog; }

  /** @internal */
  began(): void {
    this.due |= LISTENING;
    this.scheduleNow();
    this.#kernel.listens(this);
  }

  /** @internal */
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
    this.#kernel.unlistens(this);
    for (const connection of [...this.#halfOpen, ...this.#queue]) connection.abort();
    this.#halfOpen.clear();
    this.#queue.length = 0;
  }

  /** Does nothing: a network in memory keeps no process alive. */
  ref(): void {}
  /** Does nothing. */
  unref(): void {}

  /** A connection to it is half-open. */
  begins(connection: KernelEnd): void {
    connection.listenQueue = this;
    this.#halfOpen.add(connection);
    // Over an ideal path the peer confirms it at once.
    if (!connection.outgoing!.path.isIdeal) this.#kernel.time.after(HALF_OPEN_TIMEOUT, expired, connection, true);
  }

  removed(connection: KernelEnd): void {
    this.#halfOpen.delete(connection);
  }

  completed(connection: KernelEnd & Connection): void {
    this.#halfOpen.delete(connection);
    this.#queue.push(connection);
    this.#dueNow(ARRIVED);
  }

  protected get ready(): number { return this.due; }

  protected report(): void {
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
      // libuv accepts it with a file that it reserves for this, closes it, and tells the program nothing.
      connection.note('fail', 0, null, 'EMFILE');
      connection.close();
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
  if (connection.listenQueue !== null) connection.resetArrived('ETIMEDOUT');
}
