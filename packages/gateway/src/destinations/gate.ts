import {
  isNameEndpoint, isPathEndpoint,
  type Acceptor, type Capabilities, type Connection, type ConnectSink, type DialEndpoint, type Endpoint, type Listener, type ListenEndpoint,
  type NameEndpoint, type ResolvingTransport,
} from '@netstrata/transport';
import { lookUp, type Lookup } from '@netstrata/transport/hosts';
import type { Client, GatewayEvents, StreamRefusal } from '../contract/events.js';
import type { Bucket } from '../metering/bucket.js';
import { Metered } from '../metering/metered.js';
import type { Judge } from '../rules/judge.js';
import { plainName } from '../rules/rule.js';
import type { Gatekeeper } from './gatekeeper.js';
import { Outbound } from './outbound.js';
import type { Dialler } from './reaching.js';
import type { Trusting } from './secure.js';

/** The same for all clients. */
export interface GateSettings extends Dialler {
  readonly lookup: Lookup;
  /** Destinations as `host:port` that are reached with TLS. */
  readonly tls: ReadonlySet<string>;
  readonly trusting: Trusting;
  readonly events: GatewayEvents;
}

/** Keeps the accounts of one carrier. */
export interface Ledger {
  /** A connection or a look-up has begun, and has ended: each is one way. */
  openWay(): void;
  closeWay(): void;
  /** What has passed, in bytes. */
  passed(received: number, sent: number): void;
}

const addressOf = (endpoint: Endpoint | null): string | null =>
  endpoint === null || isPathEndpoint(endpoint) ? null : endpoint.address;

/** The transport of one carrier: it dials and listens as the rules for its client say, and keeps its accounts. */
export class Gate implements ResolvingTransport, Gatekeeper {
  readonly name = 'gate';
  readonly settings: GateSettings;
  readonly judge: Judge;
  readonly #client: Client;
  readonly #bucket: Bucket | null;
  readonly #ledger: Ledger;

  constructor(settings: GateSettings, judge: Judge, client: Client, bucket: Bucket | null, ledger: Ledger) {
    this.settings = settings;
    this.judge = judge;
    this.#client = client;
    this.#bucket = bucket;
    this.#ledger = ledger;
  }

  get capabilities(): Capabilities & { readonly names: true } {
    const { halfClose, reset, listen, noDelay, keepAlive } = this.settings.over.capabilities;
    return { halfClose, reset, listen, noDelay, keepAlive, bind: false, adopt: false, typeOfService: false, open: false, names: true };
  }

  connect(endpoint: DialEndpoint, sink: ConnectSink): Connection {
    const place = endpoint as Exclude<DialEndpoint, { path: string }>;
    const host = isNameEndpoint(place) ? place.host : place.address;
    return new Outbound(sink, this, { host, port: place.port }).start();
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    const { over } = this.settings;
    return over.listen!(endpoint, {
      onListening: () => { acceptor.onListening(); },
      onConnection: (connection) => {
        const { local } = connection;
        const at = local !== null && !isPathEndpoint(local) ? { host: local.address, port: local.port } : { host: '', port: 0 };
        acceptor.onConnection(this.metered(connection, at));
      },
      onAcceptError: (error) => { acceptor.onAcceptError(error); },
      onClose: (error) => { acceptor.onClose(error); },
    });
  }

  /** Null where it is dialled as it is. */
  tlsTo(host: string, port: number): Trusting | null {
    const { tls, trusting } = this.settings;
    return tls.size > 0 && tls.has(`${plainName(host)}:${port}`) ? trusting : null;
  }

  metered(connection: Connection, to: NameEndpoint): Connection {
    const { events } = this.settings;
    const [client, ledger] = [this.#client, this.#ledger];
    ledger.openWay();
    events.streamOpened?.(client, to, addressOf(connection.remote));
    return new Metered(connection, this.#bucket, (sent, received) => {
      ledger.closeWay();
      ledger.passed(received, sent);
      events.streamClosed?.(client, to, { received, sent });
    });
  }

  lookUp(host: string, answer: (error: Error | null, addresses: string[]) => void): void {
    const ledger = this.#ledger;
    ledger.openWay();
    lookUp(this.settings.lookup, host, (error, addresses) => {
      ledger.closeWay();
      answer(error, addresses);
    });
  }

  refused(to: NameEndpoint, reason: StreamRefusal, text: string): void {
    this.settings.events.streamRefused?.(this.#client, to, reason, text);
  }
}
