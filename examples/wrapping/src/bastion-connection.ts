import { copyOf, joined, WRITE_PENDING } from '@netstrata/stream-core';
import { isSystemError, systemError, type ConnectSink, type DialEndpoint, type Endpoint } from '@netstrata/transport';
import { LONGEST, type Answer, type Question } from './relay-messages.js';
import { Wrapped } from './wrapped.js';

const NEWLINE = 10;

/** A connection that asks a relay to go on, and is connected once the relay is. */
export class BastionConnection extends Wrapped {
  readonly #endpoint: DialEndpoint;
  readonly #question: Uint8Array;
  #asking = false;
  /** What has come before the line of the answer was whole; then what came behind that, until somebody reads. */
  #early: Uint8Array = new Uint8Array();
  #answerLength = 0;
  #ends: { readonly local: Endpoint; readonly remote: Endpoint } | null = null;
  #isOpen = false;
  #reading = false;
  #error: Error | null = null;

  constructor(dialling: ConnectSink, endpoint: DialEndpoint, question: Question) {
    super(dialling);
    this.#endpoint = endpoint;
    this.#question = new TextEncoder().encode(`${JSON.stringify(question)}\n`);
  }

  override get local(): Endpoint | null {
    return super.local === null ? null : (this.#ends?.local ?? null);
  }

  override get remote(): Endpoint | null {
    return super.remote === null ? null : (this.#ends?.remote ?? null);
  }

  override get bytesRead(): number {
    return this.#isOpen ? super.bytesRead - this.#answerLength - this.#early.length : 0;
  }

  override get bytesWritten(): number {
    return Math.max(0, super.bytesWritten - this.#question.length);
  }

  override onConnect(): void {
    this.#asking = this.inner.write(this.#question) === WRITE_PENDING;
    this.inner.readStart();
  }

  override onWriteDone(): void {
    if (!this.#asking) super.onWriteDone();
    else {
      this.#asking = false;
      this.#openWhenAnswered();
    }
  }

  override onData(chunk: Uint8Array): void {
    if (this.#isOpen) {
      super.onData(chunk);
      return;
    }
    this.#early = joined([this.#early, chunk]);
    const end = this.#early.indexOf(NEWLINE);
    if (end >= 0) this.#answered(copyOf(this.#early.subarray(0, end)), copyOf(this.#early.subarray(end + 1)));
    else if (this.#early.length > LONGEST) this.#fail('EPROTO');
  }

  #answered(line: Uint8Array, rest: Uint8Array): void {
    this.inner.readStop();
    this.#answerLength = line.length + 1;
    this.#early = rest;
    const answer = answerOf(line);
    if ('code' in answer) this.#fail(answer.code);
    else {
      this.#ends = answer;
      this.#openWhenAnswered();
    }
  }

  /** One write at a time: the user's may come when the question has gone. */
  #openWhenAnswered(): void {
    if (this.#ends === null || this.#asking) return;
    this.#isOpen = true;
    super.onConnect();
  }

  override readStart(): void {
    this.#reading = true;
    if (this.#early.length > 0) queueMicrotask(() => this.#deliverEarly());
    else super.readStart();
  }

  override readStop(): void {
    this.#reading = false;
    super.readStop();
  }

  #deliverEarly(): void {
    const early = this.#early;
    if (!this.#reading || early.length === 0 || this.inner.local === null) return;
    this.#early = new Uint8Array();
    super.onData(early);
    if (this.#reading) super.readStart();
  }

  override onEnd(): void {
    if (this.#isOpen) super.onEnd();
    else this.#fail('ECONNRESET');
  }

  #fail(code: string): void {
    this.#error = systemError({ syscall: 'connect', code, endpoint: this.#endpoint });
    this.inner.abort();
  }

  override close(): void {
    this.#error = null;
    super.close();
  }

  override abort(): void {
    this.#error = null;
    super.abort();
  }

  /** What goes wrong before it is open is a failure to connect. */
  override onClose(error: Error | null): void {
    if (error === null || this.#isOpen) super.onClose(error ?? this.#error);
    else super.onClose(Object.assign(systemError({ syscall: 'connect', code: codeOf(error), endpoint: this.#endpoint }), { cause: error }));
  }
}

function answerOf(line: Uint8Array): Answer {
  try {
    return JSON.parse(new TextDecoder().decode(line)) as Answer;
  } catch {
    return { code: 'EPROTO' };
  }
}

function codeOf(error: Error): string {
  return isSystemError(error) ? error.code : 'ECONNABORTED';
}
