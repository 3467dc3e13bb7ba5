import { rateLimitKey } from '@netstrata/ip-utils/client-address';
import { Timeout, type Timers } from '@netstrata/transport/layers';
import type { Client } from '../contract/events.js';
import { Bucket } from '../metering/bucket.js';
import type { Limits } from './settings.js';

/** What one client has open, in all its carriers. */
export interface Account {
  carriers: number;
  streams: number;
  /** Connections to destinations and look-ups, those that have outlived their streams among them. */
  ways: number;
  /** Null where its rate is not limited. */
  readonly bucket: Bucket | null;
}

/** Who is counted together: the subject of a token, else an address, of IPv6 a network. */
export function clientOf(address: string | null, subject: string | null): Client {
  return { id: subject ?? rateLimitKey(address) ?? 'unknown', subject, address };
}

/** No subject can be taken for an address. */
const keyOf = ({ id, subject }: Client): string => (subject === null ? `address ${id}` : `subject ${id}`);

/** The accounts of all clients that have a carrier, or had one just now. */
export class Accounts {
  readonly #limits: Limits;
  readonly #timers: Timers;
  readonly #accounts = new Map<string, Account>();
  carriers = 0;
  streams = 0;
  #ways = 0;

  constructor(limits: Limits, timers: Timers) {
    this.#limits = limits;
    this.#timers = timers;
  }

  /** Whether there is room for one more carrier: null, or the status that says no. */
  whyNoCarrier(client: Client): 429 | 503 | null {
    if (this.carriers >= this.#limits.carriers) return 503;
    return (this.#accounts.get(keyOf(client))?.carriers ?? 0) < this.#limits.clientCarriers ? null : 429;
  }

  opened(client: Client): Account {
    const { clientRate } = this.#limits;
    const key = keyOf(client);
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = { carriers: 0, streams: 0, ways: 0, bucket: clientRate === Infinity ? null : new Bucket(clientRate, this.#timers) };
      this.#accounts.set(key, account);
    }
    account.carriers++;
    this.carriers++;
    return account;
  }

  closed(client: Client, account: Account): void {
    this.carriers--;
    account.carriers--;
    this.#left(client, account);
  }

  #left(client: Client, account: Account): void {
    if (account.carriers + account.ways > 0) return;
    // Whoever comes again at once finds what it may move as it has left it.
    if (account.bucket === null) this.#forget(client, account);
    else new Timeout(this.#timers).start(account.bucket.untilFull, () => { this.#forget(client, account); });
  }

  #forget(client: Client, account: Account): void {
    const key = keyOf(client);
    if (account.carriers + account.ways === 0 && this.#accounts.get(key) === account) this.#accounts.delete(key);
  }

  /** Whether one more stream may be opened, which is counted then. What streams that are gone have left behind counts as they did. */
  openStream(account: Account): boolean {
    const { streams, clientStreams } = this.#limits;
    if (Math.max(this.streams, this.#ways) >= streams || Math.max(account.streams, account.ways) >= clientStreams) return false;
    this.streams++;
    account.streams++;
    return true;
  }

  closeStream(account: Account): void {
    this.streams--;
    account.streams--;
  }

  openWay(account: Account): void {
    this.#ways++;
    account.ways++;
  }

  closeWay(client: Client, account: Account): void {
    this.#ways--;
    account.ways--;
    this.#left(client, account);
  }
}
