import { ByteReader } from '@netstrata/stream-core/reader';
import {
  isNameEndpoint, isSystemError, resolvesNames, systemError, type Connection, type ConnectSink, type DialOptions, type InetEndpoint,
} from '@netstrata/transport';
import { LayerConnection, Timeout, type Accepting } from '@netstrata/transport/layers';
import type { Settings } from '../options/socks-options.js';
import type { Place } from '../wire/address.js';
import type { Dialogue, Granted, Refused } from '../wire/dialogue.js';
import { ProxyDial, type Dialling } from './proxy-dial.js';

/** What is needed until the connection stands. */
interface Talk {
  readonly dialogue: Dialogue;
  readonly reader: ByteReader;
  readonly settings: Settings;
}

/** Nothing was bound that one could dial. */
export function dialable(bound: InetEndpoint | null): InetEndpoint | null {
  return bound === null || bound.address === '0.0.0.0' || bound.address === '::' ? null : bound;
}

const MALFORMED: Refused = { code: 'EPROTO', text: 'the proxy answers with what is none of its protocol' };

/** What is none of the protocol, or longer than anything may be, is a refusal. What comes of a step may throw: that is the caller's. */
function hear(dialogue: Dialogue, reader: ByteReader): ReturnType<Dialogue['next']> {
  try {
    return dialogue.next(reader);
  } catch {
    return MALFORMED;
  }
}

/** A connection to a proxy that speaks with it. What the proxy grants is up to the subclass. */
export abstract class ProxyConnection extends LayerConnection implements Dialling {
  readonly #place: Place;
  readonly #syscall: 'connect' | 'listen';
  #talk: Talk | null;
  #dial: ProxyDial | null = null;
  /** How long the proxy may take for what it has to say next. */
  protected readonly timeout: Timeout;
  #hasReached = false;

  constructor(caller: ConnectSink | Accepting, syscall: 'connect' | 'listen', place: Place, dialogue: Dialogue, settings: Settings) {
    super(caller);
    this.#place = place;
    this.#syscall = syscall;
    this.timeout = new Timeout(settings.timers);
    this.#talk = { dialogue, settings, reader: new ByteReader() };
  }

  /** Dials the proxy. */
  start(options: DialOptions): this {
    const { over, proxy: { endpoint }, lookup, timeout } = this.#talk!.settings;
    this.timeout.start(timeout, () => { this.#refuse({ code: 'ETIMEDOUT' }); });
    if (!isNameEndpoint(endpoint)) return this.attach(over.connect(endpoint, this, options));
    if (resolvesNames(over)) return this.attach(over.connect(endpoint, this, options));
    this.#dial = new ProxyDial(over, endpoint, options, this);
    this.#dial.start(lookup!);
    return this;
  }

  /** @internal */
  reached(connection: Connection): void {
    this.#dial = null;
    this.attach(connection).onConnect();
  }

  /** @internal */
  unreachable(error: Error): void {
    this.#dial = null;
    this.fail(error);
  }

  protected get hasReached(): boolean {
    return this.#hasReached;
  }

  /** The proxy has granted something. Whether there is more to hear from it. */
  protected abstract granted(granted: Granted): boolean;

  /** All is said and heard. */
  protected done(): void {
    const { reader } = this.#talk!;
    this.timeout.stop();
    this.#talk = null;
    this.opened(reader.release());
  }

  protected override connected(): void {
    this.#hasReached = true;
    const { dialogue, settings } = this.#talk!;
    this.send(dialogue.opening);
    this.below!.readStart();
    if (settings.early && dialogue.isOneFlight) this.saidAll();
  }

  protected override received(bytes: Uint8Array): void {
    const { dialogue, reader } = this.#talk!;
    reader.push(bytes);
    let step = hear(dialogue, reader);
    while (step !== null && this.#goOn(step)) step = hear(dialogue, reader);
  }

  #goOn(step: Uint8Array | Granted | Refused): boolean {
    if ('bound' in step) return this.granted(step);
    if ('code' in step) this.#refuse(step);
    else if (step.length > 0) this.send(step);
    return this.isWanted;
  }

  protected override ended(): void {
    this.#refuse({ code: 'ECONNRESET', text: 'the proxy has ended the connection' });
  }

  /** Up to the proxy it is as the way there says; beyond, a failure to get to the place. */
  protected override failure(error: Error): Error {
    if (!this.#hasReached) return error;
    return Object.assign(this.errorOf({ code: isSystemError(error) ? error.code : 'ECONNRESET' }), { cause: error });
  }

  #refuse(refused: Refused): void {
    const error = this.errorOf(refused);
    this.fail(refused.status === undefined ? error : Object.assign(error, { status: refused.status }));
  }

  /** What the caller gets for a refusal: with the place that was asked for. */
  protected errorOf({ code, text }: Refused): Error {
    return systemError({ code, text, syscall: this.#syscall, endpoint: this.#place });
  }

  protected override stopped(): void {
    this.timeout.stop();
    this.#dial?.cancel();
    this.#dial = null;
  }
}
