import { joined } from '@netstrata/stream-core';
import { ByteReader } from '@netstrata/stream-core/reader';
import { systemError, type Connection, type Endpoint, type KnownFacts } from '@netstrata/transport';
import { Deadline, LayerConnection, type Accepting, type Timers } from '@netstrata/transport/layers';
import type { ProxyHeader } from '../header/header.js';
import { parseProxyHeader, startOf, type ParseOptions } from '../header/parse.js';
import { hasAddresses, tellHandle, type ReceivedProxyHeader } from './received-header.js';
import type { RefusalReason } from './refusal.js';

/** How connections are accepted: the same for all of one transport. */
export interface AcceptSettings extends ParseOptions {
  readonly isRequired: boolean;
  /** Milliseconds that a header has. */
  readonly timeout: number;
  readonly timers: Timers;
  refused(below: Connection, reason: RefusalReason, error?: Error): void;
}

const NONE: Uint8Array = new Uint8Array(0);

/** A connection that was accepted below. Owns what comes ahead on it: the header, or what has to be told from one. */
export class AcceptingConnection extends LayerConnection {
  readonly #settings: AcceptSettings;
  readonly #reader = new ByteReader();
  readonly #deadline: Deadline;
  #header: ReceivedProxyHeader | null = null;
  #facts: KnownFacts | null = null;
  /** The first bytes of somebody whose header is not believed. */
  #first: Uint8Array = NONE;

  constructor(accepting: Accepting, settings: AcceptSettings) {
    super(accepting);
    this.#settings = settings;
    this.#deadline = new Deadline(settings.timers);
  }

  /** Waits for the header. */
  listen(): this {
    this.#deadline.start(this.#settings.timeout, () => this.#decide('timeout'));
    this.below!.readStart();
    return this;
  }

  /** It stands as it is; what looks like a header is none to be believed. */
  standAsItIs(): this {
    this.opened(NONE, true);
    return this;
  }

  protected override received(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    let parsed: ProxyHeader | 'more' | 'none';
    try {
      parsed = parseProxyHeader(this.#reader, this.#settings);
    } catch (error) {
      this.#refuse((error as { code?: string }).code === 'ERR_PROXY_HEADER_TOO_LARGE' ? 'too large' : 'invalid', error as Error);
      return;
    }
    if (parsed === 'none') this.#withoutHeader();
    else if (parsed !== 'more') this.#withHeader(parsed);
  }

  /** What has come so far is all there is. */
  protected override ended(): void {
    this.#decide('incomplete');
  }

  protected override stopped(): void {
    this.#deadline.stop();
  }

  protected override passing(bytes: Uint8Array): boolean {
    this.#first = joined([this.#first, bytes.subarray(0, 16)]);
    const start = startOf(this.#first);
    if (start === 'more') return true;
    if (start !== 'none') {
      this.#settings.refused(this.below!, 'forged');
      this.cut(systemError({ code: 'EPROTO', syscall: 'read' }));
    }
    this.#first = NONE;
    return false;
  }

  override get remote(): Endpoint | null {
    return this.#header !== null && hasAddresses(this.#header) ? this.#whileOpen(this.#header.source) : super.remote;
  }

  override get local(): Endpoint | null {
    return this.#header !== null && hasAddresses(this.#header) ? this.#whileOpen(this.#header.destination) : super.local;
  }

  override get facts(): KnownFacts | undefined {
    return this.#facts ?? super.facts;
  }

  /** T4: no end is known once it is closed. */
  #whileOpen(endpoint: Endpoint | null): Endpoint | null {
    return this.isOpen ? endpoint : null;
  }

  /** Nothing more comes in time. What cannot be told from a header any more is none, where none is needed. */
  #decide(reason: RefusalReason): void {
    const { length } = this.#reader;
    const isNone = startOf(this.#reader.peek(Math.min(length, 16))!) === 'more';
    if (isNone && !this.#settings.isRequired) this.#withoutHeader();
    else this.#refuse(isNone && length === 0 && reason === 'incomplete' ? 'no header' : reason);
  }

  #withoutHeader(): void {
    if (this.#settings.isRequired) {
      this.#refuse('no header');
      return;
    }
    this.stopped();
    this.opened(this.#reader.release());
  }

  #withHeader(header: ProxyHeader): void {
    this.stopped();
    const below = this.below!;
    this.#header = Object.freeze({ ...header, peer: below.remote, near: below.local });
    this.#facts = Object.freeze({ ...below.facts, proxyHeader: this.#header });
    tellHandle(below, this.#header);
    this.opened(this.#reader.release());
  }

  #refuse(reason: RefusalReason, error?: Error): void {
    this.#settings.refused(this.below!, reason, error);
    this.fail(systemError({ code: 'EPROTO', syscall: 'accept' }));
  }
}
