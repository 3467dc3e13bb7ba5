import { invalidArgType, outOfRange } from '@netstrata/stream-core';
import { isPathEndpoint, type Connection } from '@netstrata/transport';
import { LONGEST_TIME } from '@netstrata/transport/layers';
import type { Gateway } from '../contract/gateway.js';
import type { Claims, GatewayOptions } from '../contract/options.js';
import { Accounts } from './accounts.js';
import { admittedOf, type Admitted } from './admitted.js';
import { Carrier, type Carriers } from './carrier.js';
import { settingsOf, type Settings } from './settings.js';
import { Upgrades, type Taking, type WhyNot } from './upgrades.js';

const NOTHING_ALLOWED = "The gateway refuses every destination: no rule allows one. Allow one by its name or address and port: "
  + "allow: ['db.internal:5432=10.0.0.0/8', '10.0.0.5:6379'], or --allow db.internal:5432=10.0.0.0/8.";

/**
 * A gateway: each connection of a client carries many streams (yamux), and each stream asks in SOCKS5 for where it wants to go. Nothing is
 * allowed that no rule allows.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE`: options that there are none of, rules
 * that are none
 */
export function createGateway(options: GatewayOptions): Gateway {
  const settings = settingsOf(options);
  const gateway = new GatewayServer(settings);
  if (settings.rules.to.isEmpty && settings.rules.listen.allow.length === 0) settings.events.notice?.(NOTHING_ALLOWED);
  return gateway;
}

class GatewayServer implements Gateway, Carriers, Taking {
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly #open = new Set<Carrier>();
  readonly #upgrades: Upgrades | null;
  readonly #whenEmpty: (() => void)[] = [];
  #isDraining = false;

  constructor(settings: Settings) {
    this.settings = settings;
    this.accounts = new Accounts(settings.limits, settings.timers);
    const { server } = settings.given;
    this.#upgrades = server === undefined ? null : new Upgrades(this, server);
  }

  get carriers(): number {
    return this.#open.size;
  }

  get streams(): number {
    return this.accounts.streams;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  carry(connection: Connection, claims?: Claims): void {
    const { remote } = connection;
    const address = remote === null || isPathEndpoint(remote) ? null : remote.address;
    this.take(connection, admittedOf(address, claims ?? true));
  }

  /** @internal Whether there is room for a carrier. */
  whyNot({ client, expires }: Admitted): WhyNot | null {
    if (expires !== null && expires <= Date.now()) return { status: 401, word: 'token', reason: 'The token has expired' };
    if (this.#isDraining) return { status: 503, word: 'draining', reason: 'The gateway is going away' };
    const status = this.accounts.whyNoCarrier(client);
    if (status === null) return null;
    const whose = status === 429 ? 'The client' : 'The gateway';
    return { status, word: 'limit', reason: `${whose} has as many carriers as it may have` };
  }

  /** @internal Who was admitted; what is beyond a limit is reset all the same. */
  take(connection: Connection, admitted: Admitted): void {
    const why = this.whyNot(admitted);
    if (why === null) {
      this.#open.add(new Carrier(this, connection, admitted));
      return;
    }
    connection.sink = NOBODY;
    connection.abort();
    this.settings.events.carrierRefused?.(admitted.client.address, why.status, why.word, why.reason);
  }

  drain(milliseconds: number): Promise<void> {
    checkGrace(milliseconds);
    this.#isDraining = true;
    for (const carrier of this.#open) carrier.drain(milliseconds);
    return new Promise((resolve) => {
      if (this.#open.size === 0) resolve();
      else this.#whenEmpty.push(resolve);
    });
  }

  close(): void {
    this.#isDraining = true;
    this.#upgrades?.close();
    for (const carrier of this.#open) carrier.abort();
  }

  /** @internal */
  gone(carrier: Carrier): void {
    this.#open.delete(carrier);
    if (this.#open.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}

/** Milliseconds, none too, or Infinity. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
function checkGrace(given: unknown): void {
  if (typeof given !== 'number') throw invalidArgType('milliseconds', 'of type number', given);
  if (given >= 0 && (given <= LONGEST_TIME || given === Infinity)) return;
  throw outOfRange('milliseconds', `>= 0 && <= ${LONGEST_TIME}, or Infinity`, given);
}

const nothing = (): void => {};
const NOBODY = { onData: nothing, onEnd: nothing, onWriteDone: nothing, onShutdownDone: nothing, onClose: nothing };
