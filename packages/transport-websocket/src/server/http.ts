// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `node:events` has it
type Listener = (...values: any[]) => void;

/** The headers of a request, as `node:http` has them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request to become a WebSocket, as `node:http` has it. */
export interface UpgradeRequest {
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly headers: Headers;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders?: readonly string[];
  readonly socket: UpgradeSocket;
}

/** The socket that it came on. */
export interface UpgradeSocket {
  readonly destroyed: boolean;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  on(event: string, listener: Listener): unknown;
  once(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
  end(text: string): unknown;
  resume(): unknown;
  destroy(): unknown;
}

/** A server of `node:http` or `node:https`, or what has these of it. */
export interface UpgradeServer {
  readonly listening?: boolean;
  address?(): unknown;
  on(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
  listenerCount(event: string): number;
}
