/** Owns what is used of `Bun`, as types: they say what was tried, and nothing more. */

/** A connection of Bun's, TCP or UNIX. */
export interface BunSocket {
  data: unknown;
  readonly localAddress?: string;
  readonly localPort?: number;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly fd: number;
  /** Below 0 once it is closed, and before it was connected. */
  readonly readyState: number;
  readonly bytesWritten: number;
  /** How many bytes the system took at once; negative where it takes none any more. */
  write(data: Uint8Array | string, encoding?: string): number;
  shutdown(): void;
  close(): void;
  terminate(): void;
  pause(): void;
  resume(): void;
  ref(): void;
  unref(): void;
  setNoDelay(on: boolean): boolean;
  setKeepAlive(on: boolean, initialDelayMs: number): boolean;
  setTypeOfService(value: number): unknown;
  getTypeOfService(): number;
  /** From now on other functions are called. */
  reload(options: { readonly socket: object }): void;
}

/** What listens. */
export interface BunServer {
  /** Where it is a UNIX socket. */
  readonly unix?: string;
  /** Below 0 once it is closed. */
  readonly fd: number;
  getsockname(out: object): void;
  stop(closesConnections: boolean): void;
  ref(): void;
  unref(): void;
  reload(options: { readonly socket: object }): void;
}

/** What Bun's errors say. */
export interface BunError {
  readonly code?: string;
}

export interface BunNet {
  connect(options: object): Promise<BunSocket>;
  listen(options: object): BunServer;
}

/** Undefined on other runtimes, where nothing uses it. */
export const bun = (globalThis as { Bun?: BunNet }).Bun!;

/** The name of an error of the system's. */
export function codeOf(error: unknown): string {
  return (error as BunError | null | undefined)?.code ?? 'EINVAL';
}
