import type { Acceptor, Connection, DialOptions, ConnectSink, Endpoint, Listener, ListenerOptions } from '@netstrata/transport';
import { createNetwork, VirtualTime, type Host, type Network, type NetworkEvent, type NetworkOptions } from '../../src/index.js';

/** One end of a connection, and what it was told. */
export class End implements ConnectSink {
  connection!: Connection;
  /** `connect`, `data`, `end`, `written`, `shutdown`, `closed` or the code of an error; data that follows data is not repeated. */
  readonly events: string[] = [];
  readonly chunks: Uint8Array[] = [];
  error: (Error & { code?: string; syscall?: string }) | null = null;

  get text(): string { return Buffer.concat(this.chunks).toString('latin1'); }
  get received(): number { return this.chunks.reduce((sum, { length }) => sum + length, 0); }
  isClosed = false;

  onConnect(): void { this.events.push('connect'); }
  onEnd(): void { this.events.push('end'); }
  onWriteDone(): void { this.events.push('written'); }
  onShutdownDone(): void { this.events.push('shutdown'); }

  onData(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    if (this.events.at(-1) !== 'data') this.events.push('data');
  }

  onClose(error: Error | null): void {
    this.error = error;
    this.isClosed = true;
    this.events.push((error as { code?: string } | null)?.code ?? 'closed');
  }
}

/** A listener, and what it was told. */
export class Intake implements Acceptor {
  listener!: Listener;
  readonly events: string[] = [];
  readonly ends: End[] = [];
  /** Whether what comes in is read at once. */
  reads = true;

  onListening(): void { this.events.push('listening'); }
  onAcceptError(error: Error): void { this.events.push((error as { code?: string }).code!); }
  onClose(error: Error | null): void { this.events.push((error as { code?: string } | null)?.code ?? 'closed'); }

  onConnection(connection: Connection): void {
    const end = new End();
    end.connection = connection;
    connection.sink = end;
    this.ends.push(end);
    if (this.reads) connection.readStart();
    this.events.push('connection');
  }
}

/** A network in virtual time. */
export class Lab {
  readonly time = new VirtualTime();
  readonly network: Network;
  readonly log: NetworkEvent[] = [];

  constructor(options: NetworkOptions = {}) {
    this.network = createNetwork({ time: this.time, observer: (event) => this.log.push(event), ...options });
  }

  host(name: string, address?: string | readonly string[]): Host {
    return this.network.host(name, address);
  }

  listen(host: Host, port: number, options?: ListenerOptions, address?: string): Intake {
    const intake = new Intake();
    const family = address?.includes(':') ? 'IPv6' : 'IPv4';
    intake.listener = host.tcp.listen!(address === undefined ? { port } : { address, port, family }, intake, options);
    return intake;
  }

  dial(host: Host, address: string, port: number, options?: DialOptions): End {
    return this.dialEndpoint(host, { address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' }, options);
  }

  dialEndpoint(host: Host, endpoint: Endpoint, options?: DialOptions): End {
    const end = new End();
    end.connection = ('path' in endpoint ? host.ipc : host.tcp).connect(endpoint, end, options);
    return end;
  }

  /** A connection between two hosts, both ends reading. */
  async pair(one: Host, other: Host, port = 80): Promise<{ readonly a: End; readonly b: End; readonly intake: Intake }> {
    const intake = this.listen(other, port);
    const a = this.dial(one, other.addresses[0], port);
    await this.until(() => intake.ends.length > 0 && a.events.length > 0);
    a.connection.readStart();
    return { a, b: intake.ends[0], intake };
  }

  /** Goes on until a condition holds. Fails when nothing more happens before. */
  async until(condition: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (condition()) return;
      if (!this.time.step()) throw new Error(`Nothing more happens at ${this.time.now} ms`);
    }
  }

  /** Goes on until nothing is due, or a time. */
  async run(milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    const end = this.time.now + milliseconds;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const { next } = this.time;
      if (next === null || next > end || (end === Number.POSITIVE_INFINITY && this.time.isIdle)) break;
      this.time.step();
    }
    if (Number.isFinite(end)) this.time.moveTo(end);
  }
}

