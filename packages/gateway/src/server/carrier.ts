import { addressPolicy } from '@netstrata/ip-utils/policy';
import { now } from '@netstrata/stream-core';
import { isNameEndpoint, type Acceptor, type Connection } from '@netstrata/transport';
import { LONGEST_TIME, Timeout } from '@netstrata/transport/layers';
import { muxSession, type MuxSession } from '@netstrata/transport-mux';
import { socksServer, type SocksRefusal, type SocksServer } from '@netstrata/transport-socks/server';
import type { Passed, StreamRefusal } from '../contract/events.js';
import { Gate, type Ledger } from '../destinations/gate.js';
import { Judge } from '../rules/judge.js';
import type { Account, Accounts } from './accounts.js';
import type { Admitted } from './admitted.js';
import { ClientStream } from './client-stream.js';
import { localhost } from './localhost.js';
import type { Settings } from './settings.js';

/** What carriers of one gateway share. */
export interface Carriers {
  readonly settings: Settings;
  readonly accounts: Accounts;
  gone(carrier: Carrier): void;
}

/** Everything was judged by the gate. */
const EVERYWHERE = /* @__PURE__ */ addressPolicy({ default: 'allow' });
/** Of a dial: looking up, connecting, TLS, and one for what is late. */
const STEPS = 4;
/** Streams carry no address. */
const HERE = { address: '0.0.0.0', port: 1, family: 'IPv4' } as const;

/** Of a request that SOCKS itself refuses. */
const REFUSALS: Readonly<Record<SocksRefusal['code'], readonly [StreamRefusal, string]>> = {
  EACCES: ['unlisted', 'is no name and may not be dialled, or may not be listened on: no rule allows it'],
  ENOTFOUND: ['unlisted', 'is no name'],
  EOPNOTSUPP: ['malformed', 'is asked for by a command that there is none of'],
  EPROTO: ['malformed', 'the client does not speak SOCKS5'],
};

/** One connection of a client's, with all its streams. */
export class Carrier implements Acceptor, Ledger {
  readonly #carriers: Carriers;
  readonly #admitted: Admitted;
  readonly #account: Account;
  #passed: Passed = { received: 0, sent: 0 };
  readonly #session: MuxSession;
  readonly #serve: SocksServer;
  /** Until it is ended because it is idle; or, once it drains, because its time is over. */
  readonly #timeout: Timeout;
  readonly #expiry: Timeout;
  #streams = 0;
  /** When it is cut, once it drains. */
  #until: number | null = null;
  #isOver = false;

  constructor(carriers: Carriers, connection: Connection, admitted: Admitted) {
    const { settings: { window, keepAlive, timers, events, limits }, accounts } = carriers;
    this.#carriers = carriers;
    this.#admitted = admitted;
    this.#account = accounts.opened(admitted.client);
    this.#timeout = new Timeout(timers);
    this.#expiry = new Timeout(timers);
    this.#serve = this.#server();
    events.carrierOpened?.(admitted.client);
    this.#session = muxSession(connection, {
      side: 'acceptor', window, keepAlive, clock: carriers.settings.given.clock,
      maxStreams: Math.min(limits.clientStreams, limits.streams), onClose: (error) => { this.#over(error); },
    });
    this.#session.listen(HERE, this);
    this.#waitForStreams();
    if (admitted.expires !== null) this.#expireAt(admitted.expires);
  }

  #server(): SocksServer {
    const { settings: { rules, gate, limits } } = this.#carriers;
    const { client, rules: claimed } = this.#admitted;
    const judge = new Judge(rules, claimed);
    const over = new Gate(gate, judge, client, this.#account.bucket, this);
    const mayListen = { ...EVERYWHERE, check: (address: unknown, port?: number) => judge.listen(String(address), port ?? 0) };
    return socksServer({
      over,
      policy: EVERYWHERE,
      hosts: ['*'],
      bind: over.capabilities.listen ? mayListen : false,
      bindLookup: localhost,
      onRefused: (refusal) => { this.#refused(refusal); },
      clock: this.#carriers.settings.given.clock,
      maxConnections: Math.min(limits.clientStreams, limits.streams),
      // The gate has deadlines of its own, for each of the steps.
      dialTimeout: Math.min(STEPS * limits.dial, LONGEST_TIME),
      idleTimeout: limits.streamIdle ?? undefined,
    });
  }

  /** What SOCKS did not pass on to the gate, which tells of the others. */
  #refused({ code, endpoint }: SocksRefusal): void {
    const { settings: { events } } = this.#carriers;
    const [reason, text] = REFUSALS[code];
    const to = endpoint === null ? null : { host: isNameEndpoint(endpoint) ? endpoint.host : endpoint.address, port: endpoint.port };
    events.streamRefused?.(this.#admitted.client, to, reason, to === null ? text : `${JSON.stringify(`${to.host}:${to.port}`)} ${text}`);
  }

  get #isDraining(): boolean {
    return this.#until !== null;
  }

  /** No new streams; those that are open may go on for so many milliseconds, or as long as an earlier call has said if that is less. */
  drain(milliseconds: number): void {
    const until = now() + milliseconds;
    if (this.#until !== null && this.#until <= until) return;
    const isFirst = this.#until === null;
    this.#until = until;
    this.#timeout.stop();
    if (milliseconds !== Infinity) this.#timeout.start(milliseconds, () => { this.abort(); });
    if (isFirst) this.#session.drain();
  }

  /** Resets everything. */
  abort(): void {
    this.#session.abort();
  }

  /** Timers do not go that far. */
  #expireAt(expires: number): void {
    const left = Math.max(0, expires - Date.now());
    this.#expiry.start(Math.min(left, LONGEST_TIME), () => {
      if (left > LONGEST_TIME) this.#expireAt(expires);
      else this.drain(this.#carriers.settings.limits.farewell);
    });
  }

  #waitForStreams(): void {
    const { carrierIdle } = this.#carriers.settings.limits;
    if (carrierIdle !== null && !this.#isDraining) this.#timeout.start(carrierIdle, () => { this.drain(carrierIdle); });
  }

  #over(error: Error | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timeout.stop();
    this.#expiry.stop();
    const { settings: { events }, accounts } = this.#carriers;
    accounts.closed(this.#admitted.client, this.#account);
    this.#carriers.gone(this);
    events.carrierClosed?.(this.#admitted.client, error, this.#passed);
  }

  // ---- the accounts ---------------------------------------------------------------------------------------------------

  /** @internal */
  openWay(): void {
    this.#carriers.accounts.openWay(this.#account);
  }

  /** @internal */
  closeWay(): void {
    this.#carriers.accounts.closeWay(this.#admitted.client, this.#account);
  }

  /** @internal */
  passed(received: number, sent: number): void {
    this.#passed = { received: this.#passed.received + received, sent: this.#passed.sent + sent };
  }

  // ---- reports of the session ----------------------------------------------------------------------------------------

  /** @internal */
  onListening(): void {}

  /** @internal */
  onConnection(connection: Connection): void {
    const { settings: { events }, accounts } = this.#carriers;
    const { client } = this.#admitted;
    if (!accounts.openStream(this.#account)) {
      connection.abort();
      events.streamRefused?.(client, null, 'limit', 'there are as many streams as there may be');
      return;
    }
    if (this.#streams++ === 0 && !this.#isDraining) this.#timeout.stop();
    const stream = new ClientStream(connection, client.id);
    stream.on('close', () => {
      accounts.closeStream(this.#account);
      if (--this.#streams === 0) this.#waitForStreams();
    });
    this.#serve(stream);
  }

  /** @internal */
  onAcceptError(): void {}

  /** @internal The session tells it too. */
  onClose(): void {}
}
