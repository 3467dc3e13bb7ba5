import { createNetwork } from '@netstrata/transport-memory';
import type { Acceptor, Connection, ConnectSink, Endpoint, Listener, Transport } from '@netstrata/transport';
import { proxyProtocol, type ProxyProtocolOptions, type Refusal } from '../../src/index.js';

/** One end of a connection. It reads at once, and can be waited for. */
export class End implements ConnectSink {
  connection!: Connection;
  text = '';
  /** How many bytes came together. */
  readonly sizes: number[] = [];
  ended = false;
  /** Undefined while it is open. */
  error: (Error & { code?: string }) | null | undefined = undefined;
  connected = false;
  readonly #waiting: { readonly until: () => boolean; readonly done: () => void }[] = [];

  /** Waits until something is so; it is asked again with each report. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((done) => this.#waiting.push({ until: condition, done }));
  }

  async closed(): Promise<string | null> {
    await this.until(() => this.error !== undefined);
    return this.error?.code ?? null;
  }

  async received(text: string): Promise<void> {
    await this.until(() => this.text.length >= text.length || this.error !== undefined);
    if (this.text !== text) throw new Error(`expected ${JSON.stringify(text)}, received ${JSON.stringify(this.text)}, ${String(this.error)}`);
  }

  send(bytes: Uint8Array | string): void {
    this.connection.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  onConnect(): void {
    this.connected = true;
    this.connection.readStart();
    this.#told();
  }

  onData(chunk: Uint8Array): void {
    this.text += Buffer.from(chunk).toString('latin1');
    this.sizes.push(chunk.length);
    this.#told();
  }

  onEnd(): void {
    this.ended = true;
    this.#told();
  }

  onWriteDone(): void { this.#told(); }
  onShutdownDone(): void { this.#told(); }

  onClose(error: Error | null): void {
    this.error = error;
    this.#told();
  }

  #told(): void {
    for (const waiting of this.#waiting.filter(({ until }) => until())) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.done();
    }
  }
}

/** What a listener has accepted. */
export class Intake implements Acceptor {
  readonly ends: End[] = [];
  /** Said to everybody who is accepted. */
  greeting = '';
  /** Called with everybody who is accepted, before anything is read. */
  first: (connection: Connection) => void = () => {};
  listener!: Listener;
  #arrived: (() => void)[] = [];
  #listening: () => void = () => {};
  readonly listening = new Promise<void>((resolve) => (this.#listening = resolve));

  onListening(): void { this.#listening(); }
  onAcceptError(error: Error): void { throw error; }
  onClose(): void {}

  onConnection(connection: Connection): void {
    const end = new End();
    end.connection = connection;
    connection.sink = end;
    this.first(connection);
    connection.readStart();
    if (this.greeting !== '') end.send(this.greeting);
    this.ends.push(end);
    for (const tell of this.#arrived.splice(0)) tell();
  }

  async next(index = this.ends.length): Promise<End> {
    while (this.ends.length <= index) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    return this.ends[index];
  }
}

export const BALANCER = '10.0.0.1';
export const SERVER = '10.0.0.2';
export const CLIENT = { address: '203.0.113.7', port: 40_000, family: 'IPv4' } as const;
export const SITE = { address: '198.51.100.1', port: 443, family: 'IPv4' } as const;
export const LINE = 'PROXY TCP4 203.0.113.7 198.51.100.1 40000 443\r\n';

export const options = (more: ProxyProtocolOptions = {}): ProxyProtocolOptions => ({ accept: 'required', trust: [BALANCER], ...more });

/** A server that accepts headers, and a host to dial it from. */
export interface Lab {
  readonly intake: Intake;
  readonly refusals: Refusal[];
  readonly endpoint: Endpoint;
  /** Another transport of the dialling host's over this, if it has to be. */
  dial(over?: (transport: Transport) => Transport): End;
  /** Waits until so many were refused; gives the last of them. */
  refused(count?: number): Promise<Refusal>;
}

export async function openLab(given: ProxyProtocolOptions, link = {}): Promise<Lab> {
  const network = createNetwork({ link });
  const [near, far] = [BALANCER, SERVER].map((address) => network.host(address, address));
  const refusals: Refusal[] = [];
  let tell = (): void => {};
  const transport = proxyProtocol(far.tcp, {
    ...given,
    onRefused(refusal) {
      refusals.push(refusal);
      tell();
    },
  });
  const intake = new Intake();
  intake.listener = transport.listen!({ address: SERVER, port: 0, family: 'IPv4' }, intake);
  await intake.listening;
  const endpoint = intake.listener.local!;
  return {
    intake, refusals, endpoint,
    dial(over = (one) => one) {
      const end = new End();
      end.connection = over(near.tcp).connect(endpoint, end);
      return end;
    },
    async refused(count = 1) {
      while (refusals.length < count) await new Promise<void>((resolve) => (tell = resolve));
      return refusals[count - 1];
    },
  };
}

/** A connection of the balancer's that stands. */
export async function dialled(lab: Lab): Promise<End> {
  const end = lab.dial();
  await end.until(() => end.connected);
  return end;
}

/** What version 2 begins with, up to the length. */
export function blockStart(command: number, family: number, size: number): Uint8Array {
  return Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10, command, family, size >> 8, size & 255);
}
