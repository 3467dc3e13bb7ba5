import type { ListenEndpoint, NameEndpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import type { Acceptor, Connection, Listener, ListenerOptions, ResolvingTransport, Transport } from '../../contract/transport.js';
import { End } from './end.js';
import { ComplianceFailure } from './failure.js';
import type { Opened, Scope } from './scope.js';

/** A listener under test: its acceptor, and the way every call on it goes. Accepted connections become `End`s. */
export class Intake implements Acceptor, Opened {
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
    if (this.listener.local === null) this.#scope.broken('L1', 'local is null in onListening');
    this.#hook(this.hooks.listening);
  }

  onConnection(connection: Connection): void {
    if (!this.events.includes('listening')) this.#scope.broken('L1', 'onConnection before onListening');
    if (this.#closing) this.#scope.broken('L5', 'onConnection after close');
    this.#event('connection');
    if (this.accept) {
      this.#scope.guard(() => this.accept!(connection));
    } else {
      const end = new End(this.#scope, connection);
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
    if (error !== null && !isSystemError(error)) this.#scope.broken('E1', `onClose(${String(error)}) has no code, errno and syscall`);
    this.#event('close');
    this.closed = true;
    this.#scope.changed();
  }

  #event(event: string): void {
    this.#scope.reported(event);
    if (this.closed) this.#scope.broken('L5', `${event} after onClose`);
    if (event !== 'connection' || this.events.at(-1) !== 'connection') this.events.push(event);
    this.#scope.changed();
  }

  #hook(hook: (() => void) | undefined): void {
    if (hook) this.#scope.guard(hook);
  }

  describe(): string {
    return `listener [${this.events.join(' ')}] ${this.error?.message ?? ''}`;
  }

  async event(event: 'listening' | 'close'): Promise<void> {
    await this.#scope.until(() => this.events.includes(event) || this.closed, `the listener's ${event}`);
    if (!this.events.includes(event)) throw new ComplianceFailure(`L1: the listener closed (${this.error?.message}) in place of: ${event}`);
  }

  /** The first `count` connections, once they are there. */
  async accepted(count: number): Promise<End[]> {
    await this.#scope.until(() => this.ends.length >= count, `${count} accepted connections`);
    return this.ends;
  }
}
