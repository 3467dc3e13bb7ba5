// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `node:events` has it
type Listener = (...values: any[]) => void;

/** The headers of a request, as `node:http` has them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request to become a WebSocket, as `node:http` has it. */
export interface UpgradeRequest {
  /** The target of the request, as it came. */
  readonly url?: string | undefined;
  /** GET, for a WebSocket over HTTP/1.1. */
  readonly method?: string | undefined;
  /** By lower-case names. */
  readonly headers: Headers;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders?: readonly string[];
  /** What the request came on. */
  readonly socket: UpgradeSocket;
}

/** The socket that it came on. */
export interface UpgradeSocket {
  /** Whether it is closed. */
  readonly destroyed: boolean;
  /** The near address. */
  readonly localAddress?: string | undefined;
  /** The near port. */
  readonly localPort?: number | undefined;
  /** The address of the peer. */
  readonly remoteAddress?: string | undefined;
  /** The port of the peer. */
  readonly remotePort?: number | undefined;
  /** Adds a listener. */
  on(event: string, listener: Listener): unknown;
  /** Adds a listener for one time. */
  once(event: string, listener: Listener): unknown;
  /** Removes a listener. */
  removeListener(event: string, listener: Listener): unknown;
  /** Sends text and ends. */
  end(text: string): unknown;
  /** Lets what arrives come, and be dropped. */
  resume(): unknown;
  /** Closes at once. */
  destroy(): unknown;
}

/** A server of `node:http` or `node:https`, or what has these of it. */
export interface UpgradeServer {
  /** Whether it listens. */
  readonly listening?: boolean;
  /** Where it listens, as `http.Server` says. */
  address?(): unknown;
  /** Adds a listener. */
  on(event: string, listener: Listener): unknown;
  /** Removes a listener. */
  removeListener(event: string, listener: Listener): unknown;
  /** How many listeners an event has. */
  listenerCount(event: string): number;
}
