import { optionOf } from '@netstrata/stream-core';
import { systemError, type Acceptor, type Capabilities, type Connection, type ConnectSink, type Endpoint, type Listener,
  type ListenEndpoint, type Transport } from '@netstrata/transport';
import { checkFunction } from '@netstrata/transport/layers';
import { settingsOf, type MuxOptions, type Settings } from '../options/mux-options.js';
import { MuxListener } from '../session/mux-listener.js';
import { MuxStream } from '../stream/mux-stream.js';
import { Carrier, type CarrierOwner, type DialCarrier } from './carrier.js';
import { CAPABILITIES, dialledOf, listenedOf } from './endpoints.js';

/** Of the carrier that new connections would use. */
export type MuxState = 'idle' | 'dialling' | 'open' | 'closed';

export interface MuxTransportOptions extends MuxOptions {
  /** The state is another one. Never inside a call on the transport. */
  readonly onChange?: ((state: MuxState) => void) | undefined;
}

/** A transport whose connections share a carrier, which is dialled when it is first needed, and again after it broke. */
export interface MuxTransport extends Transport {
  /** Accepts what the other side dials. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener;
  /** Of the carrier that new connections would use. */
  readonly state: MuxState;
  /** Connections that are open, over all carriers. */
  readonly streams: number;
  /** Of all carriers so far, with headers. */
  readonly bytesRead: number;
  /** Bytes of the carriers that were sent. */
  readonly bytesWritten: number;
  /** Milliseconds of the last ping and its answer; null before there was one. */
  readonly roundTrip: number | null;
  /** How many carriers were dialled. */
  readonly dials: number;
  /** Why the last carrier ended, or could not be dialled; null where it did in order, or none has. */
  readonly lastError: Error | null;
  /** Resets all connections and closes the carrier. What is dialled afterwards is ECONNABORTED. */
  close(): void;
}

/**
 * Many connections over one that `dial` makes: `mux((sink) => tcp.connect(endpoint, sink))`. An idle carrier stays, and does not keep the
 * process alive.
 * Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE.
 */
export function mux(dial: DialCarrier, options?: MuxTransportOptions): MuxTransport {
  checkFunction('dial', dial);
  const settings = settingsOf(options, ['onChange']);
  const onChange = (options && optionOf(options, 'onChange')) ?? (() => {});
  checkFunction('options.onChange', onChange);
  return new Mux(dial, settings, onChange);
}

/** @internal Tests begin at another id, to come to the last. */
export class Mux implements MuxTransport, CarrierOwner {
  readonly name = 'mux';
  readonly capabilities: Capabilities = CAPABILITIES;
  readonly #dial: DialCarrier;
  readonly #settings: Settings;
  readonly #onChange: (state: MuxState) => void;
  readonly #firstId: number;
  #told: MuxState = 'idle';
  #isTelling = false;
  #carrier: Carrier | null = null;
  /** The one that new connections use, and those that others still use. */
  readonly #carriers = new Set<Carrier>();
  #listener: MuxListener | null = null;
  #isClosed = false;
  #dials = 0;
  #read = 0;
  #written = 0;
  #roundTrip: number | null = null;
  #lastError: Error | null = null;

  constructor(dial: DialCarrier, settings: Settings, onChange: (state: MuxState) => void = () => {}, firstId = 1) {
    this.#dial = dial;
    this.#settings = settings;
    this.#onChange = onChange;
    this.#firstId = firstId;
  }

  /** Throws ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS; all else comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const remote = dialledOf(endpoint);
    const carrier = this.#current();
    const stream = new MuxStream(carrier.session ?? carrier, sink, null, remote);
    if (this.#isClosed) stream.fail('ECONNABORTED');
    else carrier.open(stream);
    return stream;
  }

  /** Throws as `connect`. A listener ends with its carrier: who wants to go on listens again. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    const listener = new MuxListener(listenedOf(endpoint), acceptor);
    if (this.#isClosed) listener.leave(systemError({ syscall: 'listen', code: 'ECONNABORTED' }));
    else if (this.#listener?.isClosed === false) listener.taken();
    else {
      this.#listener = listener;
      this.#current().listen(listener);
    }
    return listener;
  }

  /** The carrier for what comes now. */
  #current(): Carrier {
    const present = this.#carrier;
    if (present !== null && (present.takesStreams || this.#isClosed)) return present;
    // Its ids are used up, or the peer has gone away: those that are open live on.
    present?.session?.drain();
    const carrier = new Carrier(this.#settings, this.#firstId, this);
    this.#carrier = carrier;
    if (this.#isClosed) return carrier;
    this.#carriers.add(carrier);
    this.#dials++;
    this.onCarrierChanged();
    return carrier.dial(this.#dial);
  }

  onCarrierGone(carrier: Carrier, error: Error | null): void {
    this.#carriers.delete(carrier);
    this.#read += carrier.connection?.bytesRead ?? 0;
    this.#written += carrier.connection?.bytesWritten ?? 0;
    this.#roundTrip = carrier.session?.roundTrip ?? this.#roundTrip;
    this.#lastError = error;
    if (this.#carrier === carrier) this.#carrier = null;
    this.onCarrierChanged();
  }

  onCarrierChanged(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(this.#tell);
  }

  readonly #tell = (): void => {
    this.#isTelling = false;
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    this.#onChange(state);
  };

  get state(): MuxTransport['state'] {
    if (this.#isClosed) return 'closed';
    const carrier = this.#carrier;
    if (carrier?.takesStreams !== true) return 'idle';
    return carrier.session === null ? 'dialling' : 'open';
  }

  #sum(of: (carrier: Carrier) => number): number {
    let sum = 0;
    for (const carrier of this.#carriers) sum += of(carrier);
    return sum;
  }

  get streams(): number {
    return this.#sum(({ session }) => session?.streams ?? 0);
  }

  get bytesRead(): number {
    return this.#read + this.#sum(({ connection }) => connection?.bytesRead ?? 0);
  }

  get bytesWritten(): number {
    return this.#written + this.#sum(({ connection }) => connection?.bytesWritten ?? 0);
  }

  get roundTrip(): number | null {
    return this.#carrier?.session?.roundTrip ?? this.#roundTrip;
  }

  get dials(): number {
    return this.#dials;
  }

  get lastError(): Error | null {
    return this.#lastError;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const carrier of [...this.#carriers]) carrier.close();
    this.onCarrierChanged();
  }
}
