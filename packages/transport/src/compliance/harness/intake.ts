import type { ListenEndpoint, NameEndpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import type { Acceptor, Connection, Listener, ListenerOptions, ResolvingTransport, Transport } from '../../contract/transport.js';
import { End } from './end.js';
import { ComplianceFailure } from './failure.js';
import type { Opened, Scope } from './scope.js';
import { runsOf } from './wording.js';

/** A listener under test: its acceptor, and the way every call on it goes. Accepted connections become `End`s. */
export class Intake implements Acceptor, Opened {
  readonly name: string;
  readonly events: string[] = [];
  readonly ends: End[] = [];
  readonly hooks: { listening?: () => void; connection?: (end: End) => void } = {};
  listener!: Listener;
  closed = false;
  error: Error | null = null;
  /** In place of making an End of a connection. */
  accept: ((connection: Connection) => void) | null = null;
  #closing = false;
  readonly #scope: Scope;

  constructor(scope: Scope, transport: Transport, endpoint: ListenEndpoint | NameEndpoint, options?: ListenerOptions) {
    this.#scope = scope;
    this.name = scope.nameOf('listener');
    this.listener = scope.call(() => (transport as ResolvingTransport).listen!(endpoint, this, options));
    scope.track(this);
  }

  close(): void {
    this.#closing = true;
    this.#scope.call(() => this.listener.close());
  }

  release(): void {
    if (!this.closed) this.close();
  }

  forget(): void {
    this.closed = true;
  }

  onListening(): void {
    this.#event('listening');
    if (this.listener.local === null) this.#scope.broken('L1', `${this.name}: local is null in onListening`);
    this.#hook(this.hooks.listening);
  }

  onConnection(connection: Connection): void {
    if (!this.events.includes('listening')) this.#scope.broken('L1', `${this.name}: onConnection before onListening`);
    if (this.#closing) this.#scope.broken('L5', `${this.name}: onConnection after close`);
    this.#event('connection');
    if (this.accept) {
      this.#scope.guard(() => this.accept!(connection));
    } else {
      const end = new End(this.#scope, 'accepted end', connection);
      this.ends.push(end);
      this.#hook(() => this.hooks.connection?.(end));
    }
    this.#scope.changed();
  }

  onAcceptError(error: Error): void {
    this.#event(`acceptError ${error.message}`);
  }

  onClose(error: Error | null): void {
    this.error = error;
    if (error !== null && !isSystemError(error)) {
      this.#scope.broken('E1', `${this.name}: onClose(${String(error)}) has no code, errno and syscall`);
    }
    this.#event('close');
    this.closed = true;
    this.#scope.changed();
  }

  #event(event: string): void {
    this.#scope.reported(`${this.name}: ${event}`);
    if (this.closed) this.#scope.broken('L5', `${this.name}: ${event} after onClose`);
    if (event !== 'connection' || this.events.at(-1) !== 'connection') this.events.push(event);
    this.#scope.changed();
  }

  #hook(hook: (() => void) | undefined): void {
    if (hook) this.#scope.guard(hook);
  }

  describe(): string {
    const told = runsOf(this.events) || 'nothing';
    return this.error === null ? told : `${told} (${this.error.message})`;
  }

  async event(event: 'listening' | 'close'): Promise<void> {
    await this.#scope.until(() => this.events.includes(event) || this.closed, event, this);
    if (this.events.includes(event)) return;
    throw new ComplianceFailure(`L1: ${this.name}: expected ${event}, received close (${this.error?.message ?? 'no error'})`);
  }

  /** The first `count` connections, once they are there. */
  async accepted(count: number): Promise<End[]> {
    await this.#scope.until(() => this.ends.length >= count, `${count} accepted connections`, this);
    return this.ends;
  }
}
