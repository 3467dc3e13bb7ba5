import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { GatewayEvents } from '../contract/events.js';
import type { Gateway } from '../contract/gateway.js';
import type { TokenFault } from '../tokens/index.js';

/** What is read when somebody asks. */
export interface Watched {
  readonly gateway: () => Pick<Gateway, 'carriers' | 'streams' | 'isDraining'> | null;
  /** When the certificate expires; null without one. */
  readonly certificateUntil: () => Date | null;
}

const SECOND = 1000;

/**
 * Counts what happens, in a registry of its own. No label has a value that a client chooses: there are as many series as there are words
 * for reasons.
 */
export class Metrics {
  readonly events: GatewayEvents;
  readonly #registry = new Registry();
  readonly #tokens: Counter<'reason'>;

  constructor(watched: Watched) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauges(watched);
    this.#tokens = this.#counter('tokens_refused_total', 'Tokens refused, by what is wrong with them', ['reason']);
    this.events = this.#counting();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  tokenRefused(fault: TokenFault): void {
    this.#tokens.inc({ reason: fault });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter<L>({ name: `netstrata_gateway_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => number): void {
    const collect = function (this: Gauge) { this.set(value()); };
    new Gauge({ name: `netstrata_gateway_${name}`, help, registers: [this.#registry], collect });
  }

  #gauges({ gateway, certificateUntil }: Watched): void {
    this.#gauge('carriers', 'WebSockets that are open', () => gateway()?.carriers ?? 0);
    this.#gauge('streams', 'Streams that are open', () => gateway()?.streams ?? 0);
    this.#gauge('draining', '1 while it takes nothing new', () => Number(gateway()?.isDraining ?? false));
    if (certificateUntil() === null) return;
    const until = () => certificateUntil()!.getTime() / SECOND;
    this.#gauge('certificate_expires_seconds', 'When the certificate expires, in seconds since 1970', until);
  }

  #counting(): GatewayEvents {
    const carriers = this.#counter('carriers_opened_total', 'WebSockets taken');
    const carriersClosed = this.#counter('carriers_closed_total', 'WebSockets gone, by how', ['how']);
    const carriersRefused = this.#counter('carriers_refused_total', 'WebSockets refused, by why', ['reason']);
    const streams = this.#counter('streams_opened_total', 'Streams that have reached their destination');
    const streamsClosed = this.#counter('streams_closed_total', 'Streams gone');
    const streamsRefused = this.#counter('streams_refused_total', 'Streams refused, by why', ['reason']);
    const passed = 'Bytes of streams that are gone, received from clients or sent to them';
    const bytes = this.#counter('stream_bytes_total', passed, ['direction']);
    return {
      carrierOpened: () => carriers.inc(),
      carrierClosed: (_client, error) => carriersClosed.inc({ how: error === null ? 'end' : 'failure' }),
      carrierRefused: (_address, _status, reason) => carriersRefused.inc({ reason }),
      streamOpened: () => streams.inc(),
      streamRefused: (_client, _destination, reason) => streamsRefused.inc({ reason }),
      streamClosed(_client, _destination, { received, sent }) {
        streamsClosed.inc();
        bytes.inc({ direction: 'received' }, received);
        bytes.inc({ direction: 'sent' }, sent);
      },
    };
  }
}
