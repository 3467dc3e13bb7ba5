import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Transport } from '@netstrata/transport';
import type { Lookup } from '@netstrata/transport/hosts';
import type { Timers } from '@netstrata/transport/layers';
import type { Trust } from '@netstrata/ip-utils/client-address';
import type { GatewayEvents } from './events.js';

/** What a token says of who has it: of the claims of a JWT (RFC 7519) these; others are ignored. */
export interface Claims {
  /** Whose it is: limits are counted by it. */
  readonly sub?: string | undefined;
  /** Seconds since 1970: from then on its carriers take no new streams, and after `limits.farewell` they are cut. */
  readonly exp?: number | undefined;
  /** Rules as `allow` of the gateway. Both have to allow a destination: a token narrows, and never widens. */
  readonly allow?: readonly string[] | undefined;
  /** Rules as `listen` of the gateway, and the same holds. */
  readonly listen?: readonly string[] | undefined;
}

/** Whether a token is good: false, null and undefined refuse it (401), true admits, claims admit as they say. */
export type Verify = (
  token: string | null,
  request: IncomingMessage,
) => Claims | boolean | null | undefined | PromiseLike<Claims | boolean | null | undefined>;

/** How much there may be of something at a time; where a time is meant, in milliseconds. Infinity for no limit. */
export interface GatewayLimits {
  /** Carriers of all clients; 1024. Beyond: 503. */
  readonly carriers?: number | undefined;
  /** Streams of all clients; 16,384. Beyond: reset, which is ECONNREFUSED, or ECONNRESET where it had begun. */
  readonly streams?: number | undefined;
  /** Carriers of one client; 16. Beyond: 429. */
  readonly clientCarriers?: number | undefined;
  /** Streams of all carriers of one client; 1024. Beyond: as `streams`. */
  readonly clientStreams?: number | undefined;
  /** Bytes per second of one client, both directions and all its streams together; Infinity. Beyond: it waits. */
  readonly clientRate?: number | undefined;
  /** A stream without a byte in either direction is reset after so long; Infinity. */
  readonly streamIdle?: number | undefined;
  /** A carrier without streams is ended after so long; 600,000. */
  readonly carrierIdle?: number | undefined;
  /** For looking up a name and connecting; 20,000. */
  readonly dial?: number | undefined;
  /** How long streams of a token that has expired may go on; 30,000. */
  readonly farewell?: number | undefined;
}

/** What `createGateway` is told: who may come in, where they may go, how much they may use. */
export interface GatewayOptions {
  /** Whose upgrades are taken: of `node:http` or `node:https`. Without it carriers come by `carry` alone. */
  readonly server?: HttpServer | HttpsServer | undefined;
  /** The path of the URL that carriers connect to; '/' when not given. */
  readonly path?: string | undefined;
  /** Pages that may connect: exact origins, or '*'. When not given those of the gateway's own host, and programs that send no Origin. */
  readonly origins?: readonly string[] | undefined;
  /** Texts that admit, compared in constant time, or a function that judges one. When not given everybody is admitted. */
  readonly token?: string | readonly string[] | Verify | undefined;
  /** Where clients may go; nowhere when not given. See the grammar of rules in the README. */
  readonly allow?: readonly string[] | undefined;
  /** Where they may not go, whatever `allow` says. */
  readonly deny?: readonly string[] | undefined;
  /** Addresses and ports that clients may listen on; none when not given. A rule for some ports does not hold for port 0. */
  readonly listen?: readonly string[] | undefined;
  /** Destinations that the gateway reaches with TLS (`name:port`), for pages that have none: allowed by `allow` as every other. */
  readonly tls?: readonly string[] | undefined;
  /** Certificates that are trusted for `tls` in place of the runtime's, in PEM. */
  readonly tlsCa?: string | readonly string[] | undefined;
  /** How much one client, and all of them, may use. */
  readonly limits?: GatewayLimits | undefined;
  /** Proxies in front of the gateway that are believed whom they forward for, as `clientAddress` of `@netstrata/ip-utils` takes it. */
  readonly trust?: Trust | undefined;
  /** The header in which they say it; 'x-forwarded-for'. */
  readonly header?: string | undefined;
  /** What carries connections to destinations, and listens; TCP of this host when not given. */
  readonly over?: Transport | undefined;
  /** For names, as `dns.lookup` with `all`; the runtime's when not given. */
  readonly lookup?: Lookup | undefined;
  /** Called when something happens; for logs and metrics. */
  readonly events?: GatewayEvents | undefined;
  /** Bytes that each stream may have on its way to the gateway; 262,144. */
  readonly window?: number | undefined;
  /** Milliseconds between pings of a carrier; false for none. */
  readonly keepAlive?: number | false | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}
