import type { Capabilities, Connection, Listener, Transport } from '../../contract/transport.js';
import type { Endpoint, ListenEndpoint, NameEndpoint } from '../../contract/endpoint.js';

/** How hard to test. The defaults suit a fast local medium. */
export interface Limits {
  /** A test fails when it takes longer; 10,000. */
  readonly timeoutMs?: number;
  /** What a large transfer moves, each way; 4 MiB. */
  readonly largeBytes?: number;
  /** The most that may be accepted before a peer that does not read makes a write pending; 64 MiB. */
  readonly writeLimit?: number;
  /** How many connections are open at once; 100. */
  readonly manyConnections?: number;
  /**
   * Whether a chunk is exactly as long as its ArrayBuffer (S1); true. A medium that hands on what another runtime's sockets gave says
   * false: there may be room around the bytes then, which is still part of no other chunk.
   */
  readonly exactChunks?: boolean;
}

/** What `channelCompliance` has to know of a channel: whether it can end one direction only, and whether a reset is seen. */
export type ChannelCapabilities = Pick<Capabilities, 'halfClose' | 'reset'>;

/** What `channelCompliance` tests: anything that can give two connected ends. */
export interface ChannelSubject extends Limits {
  /** Of the subject, in the titles of tests. */
  readonly name: string;
  /** Each is tested both ways. */
  readonly capabilities: ChannelCapabilities;
  /** Two new connected ends, stopped and without a sink. They have nothing to do with earlier ones. */
  pair(): Promise<readonly [Connection, Connection]>;
}

/** What `compliance` tests: a transport, and how to get at endpoints of it. */
export interface TransportSubject extends Limits {
  /** The transport's own name when not given. */
  readonly name?: string;
  /** What is tested. */
  readonly transport: Transport;
  /** The transport that accepts what `transport` dials, where that is another one; `transport` when not given. */
  readonly listening?: Transport;
  /** An endpoint that is free to listen on, a new one with every call. Port 0 is one. */
  listenEndpoint(): ListenEndpoint | Promise<ListenEndpoint>;
  /** What to dial to reach a listener; `listener.local` when not given. */
  dialEndpoint?(listener: Listener): Endpoint;
  /** An endpoint that refuses connections; the endpoint of a listener that was just closed when not given. */
  deadEndpoint?(): Endpoint | Promise<Endpoint>;
  /** Whether the end that dials is told its own endpoint (T4); true. A proxy that dials for it may not say. */
  readonly knowsLocal?: boolean;
  /** With capability `bind`: an address of this host to dial from, and one that cannot be bound. */
  readonly localAddress?: string;
  /** An address that this host does not have, to see binding fail. */
  readonly foreignAddress?: string;
  /** With capability `names`: a name that leads to a listener, `localhost` when not given; and one that nobody knows, `nobody.invalid`. */
  nameEndpoint?(listener: Listener): NameEndpoint;
  /** A name that nobody knows. */
  readonly unknownName?: string;
}
