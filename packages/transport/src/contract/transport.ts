import { optionOf, type Channel, type ChannelSink } from '@netstrata/stream-core';
import type { DialEndpoint, Endpoint, ListenEndpoint, NameEndpoint } from './endpoint.js';

/**
 * What layers have learned of a connection, each under a name of its own. A package adds its name with
 * `declare module '@netstrata/transport' { interface ConnectionFacts { ... } }`, and fills it in.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- packages add to it
export interface ConnectionFacts {}

/** Those that are known of one connection. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- empty until a package adds to it
export type KnownFacts = Readonly<Partial<ConnectionFacts>>;

/** A channel between two endpoints. Optional methods are there when the capability of that name is. */
export interface Connection extends Channel {
  /** Asked of the system when read; null where it has none (not connected yet, closed, no such notion). */
  readonly local: Endpoint | null;
  /** Of a name that was dialled: the address that the far end made of it, or null where it does not tell. */
  readonly remote: Endpoint | null;
  /** What layers have learned of it. Final once it stands, and stays; sockets show it under the same names. */
  readonly facts?: KnownFacts | undefined;
  /**
   * Bytes that a layer has received together with what it had to hear: the first that the connection delivers, now in place of by `onData`,
   * and counted. Null where there are none (any more). Before the first `readStart`; `native` may be there afterwards.
   */
  takeEarly?(): Uint8Array | null;
  /** The runtime's own handle, for what speaks to it directly (tls, child_process). Null once it is closed or given up. */
  readonly native?: unknown;
  /** The socket that uses it, for the runtime's own modules and debuggers: the caller sets it. */
  owner?: unknown;
  /** The runtime's own tls has put a handle of its own in the place of this one's (Bun). False where it does no such thing. */
  replaceNative?(native: unknown): boolean;
  /**
   * Gives up the native handle without closing it: no call reaches the sink afterwards. Null, and nothing changes, where it cannot be given
   * up.
   */
  detach?(): unknown;
  /** TCP_NODELAY. */
  setNoDelay?(on: boolean): void;
  /** SO_KEEPALIVE. Times in milliseconds, rounded down to seconds; 0 keeps the system's default. */
  setKeepAlive?(on: boolean, initialDelayMs: number, intervalMs?: number, count?: number): void;
  /** The IP type of service octet, 0 to 255. Throws a system error where the system refuses. */
  setTypeOfService?(value: number): void;
  /** The octet that is set, 0 to 255. Throws a system error where the system refuses. */
  getTypeOfService?(): number;
}

/** What reports a connection being made: `onConnect`, then everything of ChannelSink; or `onClose(error)` alone. */
export interface ConnectSink extends ChannelSink {
  /** The connection stands: `local` and `remote` are known, and it may be written to. Once. */
  onConnect(): void;
}

/** Options of `connect`. */
export interface DialOptions {
  /** Bind the near end first (capability `bind`). */
  readonly localAddress?: string | undefined;
  /** The near end's port, 0 to 65535; 0 or none asks for an ephemeral one. */
  readonly localPort?: number | undefined;
  /** The IP type of service octet to set before connecting (capability `typeOfService`). */
  readonly typeOfService?: number | undefined;
  /** What `open` of the same transport made, or `adoptConnection`: connect that one (capability `open`). */
  readonly from?: Connection | undefined;
}

/** Options of `open`. */
export interface OpenOptions {
  /** Bind it here: an address and a port, or a path. */
  readonly local?: Endpoint | undefined;
  /** IPV6_V6ONLY, for the bound address. */
  readonly ipv6Only?: boolean | undefined;
  /** SO_REUSEPORT, for the bound address. */
  readonly reusePort?: boolean | undefined;
}

/** Options of `adoptConnection`. */
export interface AdoptOptions {
  /**
   * The handle is lent, to dial with only (capability `lend`): the connection is given to `connect` as `from`, and its caller closes it as
   * soon as it has connected. It sets nothing on the handle, neither reads nor writes, and leaves it open in every case.
   */
  readonly lent?: boolean | undefined;
  /**
   * Somebody else has the handle and goes on reading: the connection writes, counts and closes. Where nobody has it, it is the connection's
   * as without this.
   */
  readonly shared?: boolean | undefined;
}

/** Options of `listen` and `adoptListener`. */
export interface ListenerOptions {
  /** The length of the accept queue; 511 when not given. */
  readonly backlog?: number | undefined;
  /** Do not take IPv4 on an IPv6 address. */
  readonly ipv6Only?: boolean | undefined;
  /** SO_REUSEPORT: several listeners on one port, between which the kernel distributes connections. */
  readonly reusePort?: boolean | undefined;
  /** Let every user read from / write to the socket file or pipe. */
  readonly readableAll?: boolean | undefined;
  /** Let every user write to the socket file or pipe. */
  readonly writableAll?: boolean | undefined;
  /** In a cluster worker: listen together with the other workers, through the primary. */
  readonly shared?: boolean | undefined;
  /**
   * Remove a socket file that nobody listens on before listening there. What is none, and what somebody listens on, gives EADDRINUSE as
   * ever. No effect where there are no such files.
   */
  readonly reclaim?: boolean | undefined;
}

/** What a listener reports to. No method is ever called from inside `listen` or a call on the listener. */
export interface Acceptor {
  /**
   * The server that this accepts for, as the runtime's own modules want to see it: Node's cluster calls its `close` when a
   * worker disconnects, and reads its `maxConnections`.
   */
  readonly owner?: unknown;
  /** Connections are being accepted, and `Listener.local` is final. */
  onListening(): void;
  /** A new connection, stopped. Set its `sink` before returning, or `close` it. */
  onConnection(connection: Connection): void;
  /** One connection could not be accepted (EMFILE, ...). The listener goes on. */
  onAcceptError(error: Error): void;
  /** The listener is gone: null after `close`, an error when it could not listen. Exactly once, and the last call. */
  onClose(error: Error | null): void;
}

/** What `listen` gives: it accepts connections until it is closed. */
export interface Listener {
  /** Where it listens: known when `listen` returns if the system tells at once, at the latest in `onListening`. */
  readonly local: Endpoint | null;
  /** The runtime's own handle; null while there is none yet, when it could not listen, and once closed or given up. */
  readonly native?: unknown;
  /** Why it could not listen, where the system told at once: `onClose` brings it in a later tick. */
  readonly failure?: Error | null;
  /** Gives up the native handle without closing it; null, and nothing changes, where it cannot be given up. */
  detach?(): unknown;
  /** Stops accepting; connections that were accepted live on. `onClose(null)` follows. */
  close(): void;
  /** Keeps the process alive, as it does from the beginning. */
  ref(): void;
  /** Lets the process end although it listens. */
  unref(): void;
}

/** What a transport can do. Each is tested both ways by the compliance suite: present and working, or absent. */
export interface Capabilities {
  /** `shutdown` ends one direction only; without it, it ends both. */
  readonly halfClose: boolean;
  /** `abort` is seen by the peer as ECONNRESET. */
  readonly reset: boolean;
  /** `listen` is there. */
  readonly listen: boolean;
  /** `localAddress` and `localPort` are honoured. */
  readonly bind: boolean;
  /** `adoptConnection` and `adoptListener` take native handles and file descriptors. */
  readonly adopt: boolean;
  /** `adoptConnection` takes native handles that are `lent`. Absent for false. */
  readonly lend?: boolean | undefined;
  /** Connections have `setNoDelay`. */
  readonly noDelay: boolean;
  /** Connections have `setKeepAlive`. */
  readonly keepAlive: boolean;
  /** Connections have `setTypeOfService` and `getTypeOfService`, and `connect` takes the option `typeOfService`. */
  readonly typeOfService: boolean;
  /** `open` gives a connection before it leads anywhere. */
  readonly open: boolean;
  /** Host names are resolved by the transport, or behind it: it is a `ResolvingTransport`. False when absent. */
  readonly names?: boolean | undefined;
}

/** Makes channels. */
export interface Transport {
  /** A short name for messages: `tcp`, `ipc`, ... */
  readonly name: string;
  /** What it can do. Never changes. */
  readonly capabilities: Capabilities;
  /**
   * Dials. The connection is returned at once, not connected yet; what becomes of it is reported to the sink, never from inside this call.
   */
  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection;
  /**
   * A connection that leads nowhere yet: it has its native handle, `ref`, `unref`, and `local` where it was bound; `close` reports to
   * the sink that it is given. Throws a system error of `bind`.
   */
  open?(options?: OpenOptions): Connection;
  /**
   * Accepts connections at an endpoint (capability `listen`). What becomes of it is reported to the acceptor, never from inside this call.
   */
  listen?(endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener;
  /** A connection from an open descriptor (a number) or a native handle; throws an error with a `code` when it is neither. */
  adoptConnection?(native: unknown, options?: AdoptOptions): Connection;
  /** A listener from a descriptor or a native handle that is bound. */
  adoptListener?(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener;
}

/** A transport with the capability `names`: it gets host names as they are, and addresses as any other. */
export interface ResolvingTransport extends Transport {
  /** As of every transport, with `names`. */
  readonly capabilities: Capabilities & {
    /** It takes names. */
    readonly names: true;
  };
  /** As of every transport; names are resolved on the way or at the far end. */
  connect(endpoint: DialEndpoint, sink: ConnectSink, options?: DialOptions): Connection;
  /** As of every transport; a name is resolved where it listens. */
  listen?(endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener;
}

/** Whether host names may be given to a transport. */
export function resolvesNames(transport: Transport): transport is ResolvingTransport {
  return optionOf(transport.capabilities, 'names') === true;
}
