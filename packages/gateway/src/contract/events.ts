/** Who a carrier belongs to, once it is admitted. */
export interface Client {
  /** What limits are counted by: the subject of its token; else its address, of IPv6 the /64; `'unknown'` where there is neither. */
  readonly id: string;
  /** The subject of its token, as claimed there. */
  readonly subject: string | null;
  /** Where it connects from, as far as that is known; behind trusted proxies what they say. */
  readonly address: string | null;
}

/** Where a stream leads: an address or a name, and a port, as the client asked. */
export interface Destination {
  /** A name, or an IP address. */
  readonly host: string;
  /** 0 to 65535. */
  readonly port: number;
}

/** Why a stream was refused. For labels: there are no others. `denied` is by a rule, `unlisted` by none that allows. */
export type StreamRefusal = 'denied' | 'unlisted' | 'limit' | 'draining' | 'unresolved' | 'failed' | 'malformed';

/** Why a carrier was refused. */
export type CarrierRefusal = 'token' | 'origin' | 'limit' | 'draining' | 'malformed';

/** What has passed through a stream or a carrier, in bytes: received from the client, sent to it. */
export interface Passed {
  /** Bytes that came from the client. */
  readonly received: number;
  /** Bytes that were sent to the client. */
  readonly sent: number;
}

/**
 * What happens in a gateway, for logs and metrics. Each is a plain call, in the order in which things happen; what it throws is an uncaught
 * error of the program. No text here holds a token or data of users.
 */
export interface GatewayEvents {
  /** What whoever runs the gateway should know when it starts, in plain words: that nothing is allowed, and how to allow something. */
  notice?(text: string): void;
  /** A WebSocket was refused before it was one: a status of HTTP, why in a word, and in a sentence. */
  carrierRefused?(address: string | null, status: number, reason: CarrierRefusal, text: string): void;
  /** A carrier was admitted, and is open. */
  carrierOpened?(client: Client): void;
  /** It is gone: null where one side closed it in order. `passed` is of all its streams that are gone as well. */
  carrierClosed?(client: Client, error: Error | null, passed: Passed): void;
  /** A connection stands: to an address (null where the transport does not tell), or from one where the client listens. */
  streamOpened?(client: Client, destination: Destination, address: string | null): void;
  /** `destination` is null where the client had not said it. */
  streamRefused?(client: Client, destination: Destination | null, reason: StreamRefusal, text: string): void;
  /** A stream that was opened is over. */
  streamClosed?(client: Client, destination: Destination, passed: Passed): void;
}
