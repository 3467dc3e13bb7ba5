declare module 'cloudflare:sockets' {
  /** The part that is used; all of it is in `@cloudflare/workers-types`. */
  export function connect(to: { hostname: string; port: number }, options: { allowHalfOpen: boolean }): {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream<Uint8Array>;
    readonly opened: Promise<unknown>;
    close(): Promise<void>;
  };
}
