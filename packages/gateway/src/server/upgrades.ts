import type { IncomingMessage } from 'node:http';
import { clientAddress, type ClientRequest } from '@netstrata/ip-utils/client-address';
import type { Acceptor, Connection, Listener } from '@netstrata/transport';
import { accept, type UpgradeRequest, type UpgradeServer } from '@netstrata/transport-websocket/server';
import type { CarrierRefusal } from '../contract/events.js';
import type { Claims, Verify } from '../contract/options.js';
import { PROTOCOL } from '../contract/protocol.js';
import { admittedOf, type Admitted } from './admitted.js';
import type { Settings } from './settings.js';

/** A status of HTTP, a word for labels, and a sentence. */
export interface WhyNot {
  readonly status: 401 | 429 | 503;
  readonly word: CarrierRefusal;
  readonly reason: string;
}

/** Whom carriers are given to. */
export interface Taking {
  readonly settings: Settings;
  /** Whether there is room for a carrier: null, or why not. */
  whyNot(admitted: Admitted): WhyNot | null;
  take(connection: Connection, admitted: Admitted): void;
}

/** What a token has been found to say. */
class Verified {
  readonly admitted: Admitted;

  constructor(admitted: Admitted) {
    this.admitted = admitted;
  }
}

const WORDS: ReadonlyMap<number, CarrierRefusal> = new Map([[401, 'token'], [403, 'origin'], [503, 'limit']]);

/** Carriers that come as WebSockets. */
export class Upgrades implements Acceptor {
  readonly #taking: Taking;
  readonly #listener: Listener;
  /** Why there is no room for the one that is refused next. */
  #why: CarrierRefusal | null = null;

  /** Throws what the options are refused with. */
  constructor(taking: Taking, server: UpgradeServer) {
    const { path, origins, token, clock } = taking.settings.given;
    this.#taking = taking;
    this.#listener = accept(server, this, {
      path, origins, clock, protocols: [PROTOCOL], token: typeof token === 'function' ? this.#verifying(token) : token,
      limit: (claims, request) => this.#whyNot(claims, request),
      onRefused: ({ status, reason }, request) => {
        const word = this.#why ?? WORDS.get(status) ?? 'malformed';
        this.#why = null;
        taking.settings.events.carrierRefused?.(this.#addressOf(request), status, word, reason);
      },
    });
  }

  close(): void {
    this.#listener.close();
  }

  #verifying(verify: Verify): (token: string | null, request: UpgradeRequest) => unknown {
    const made = (claims: Claims | true | false | null | undefined, request: UpgradeRequest): Verified | false =>
      (claims === false || claims === null || claims === undefined ? false : new Verified(admittedOf(this.#addressOf(request), claims)));
    return (token, request) => {
      const answer = verify(token, request as unknown as IncomingMessage);
      const isLater = typeof (answer as PromiseLike<unknown> | null)?.then === 'function';
      return isLater ? (answer as PromiseLike<Claims>).then((claims) => made(claims, request)) : made(answer as Claims, request);
    };
  }

  #addressOf(request: unknown): string | null {
    return clientAddress(request as ClientRequest, this.#taking.settings.address).address;
  }

  #admitted(claims: unknown, request: unknown): Admitted {
    return claims instanceof Verified ? claims.admitted : admittedOf(this.#addressOf(request), true);
  }

  #whyNot(claims: unknown, request: UpgradeRequest): WhyNot | null {
    const why = this.#taking.whyNot(this.#admitted(claims, request));
    this.#why = why?.word ?? null;
    return why;
  }

  // ---- reports of the listener ---------------------------------------------------------------------------------------

  /** @internal */
  onListening(): void {}

  /** @internal */
  onConnection(connection: Connection): void {
    const { webSocket } = connection.facts!;
    this.#taking.take(connection, this.#admitted(webSocket!.claims, webSocket));
  }

  /** @internal */
  onAcceptError(): void {}

  /** @internal */
  onClose(error: Error | null): void {
    // A path that another one has taken: nobody else would hear of it.
    if (error !== null) this.#taking.settings.events.notice?.(`The gateway takes no carriers: ${error.message}`);
  }
}
