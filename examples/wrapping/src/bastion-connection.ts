import { ByteReader } from '@netstrata/stream-core/reader';
import { isSystemError, systemError, type ConnectSink, type DialEndpoint, type Endpoint } from '@netstrata/transport';
import { LayerConnection } from '@netstrata/transport/layers';
import { LONGEST, type Answer, type Question } from './relay-messages.js';

/** A connection that asks a relay to go on, and is connected once the relay is. */
export class BastionConnection extends LayerConnection {
  readonly #endpoint: DialEndpoint;
  readonly #question: Uint8Array;
  readonly #reader = new ByteReader();
  #ends: { readonly local: Endpoint; readonly remote: Endpoint } | null = null;

  constructor(dialling: ConnectSink, endpoint: DialEndpoint, question: Question) {
    super(dialling);
    this.#endpoint = endpoint;
    this.#question = new TextEncoder().encode(`${JSON.stringify(question)}\n`);
  }

  override get local(): Endpoint | null {
    return this.isOpen ? (this.#ends?.local ?? null) : null;
  }

  override get remote(): Endpoint | null {
    return this.isOpen ? (this.#ends?.remote ?? null) : null;
  }

  protected override connected(): void {
    this.send(this.#question);
    this.below!.readStart();
  }

  protected override received(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    const answer = this.#answer();
    if (answer === null) return;
    if ('code' in answer) this.#refused(answer.code);
    else {
      this.#ends = answer;
      this.opened(this.#reader.release());
    }
  }

  #answer(): Answer | null {
    try {
      const line = this.#reader.takeLine(LONGEST);
      return line === null ? null : (JSON.parse(line) as Answer);
    } catch {
      return { code: 'EPROTO' };
    }
  }

  protected override ended(): void {
    this.#refused('ECONNRESET');
  }

  #refused(code: string): void {
    this.fail(systemError({ syscall: 'connect', code, endpoint: this.#endpoint }), 'abort');
  }

  /** What goes wrong before it is open is a failure to connect. */
  protected override failure(error: Error): Error {
    const code = isSystemError(error) ? error.code : 'ECONNABORTED';
    return Object.assign(systemError({ syscall: 'connect', code, endpoint: this.#endpoint }), { cause: error });
  }
}
