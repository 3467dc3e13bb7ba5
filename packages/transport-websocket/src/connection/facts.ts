/** What is known of a WebSocket besides its bytes: `facts.webSocket` of a connection, and of a socket over it. */
export interface WebSocketFacts {
  /** The subprotocol that was agreed on, '' for none. */
  readonly protocol: string;
  /** The path that was asked for, without what is behind `?`. */
  readonly path: string;
  /** Of the request, at the end that accepted: null where it has none. */
  readonly origin: string | null;
  /** Of the request, at the end that accepted. Without those that carry secrets: Authorization, Cookie, Sec-WebSocket-Protocol. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Where the TCP connection comes from, which may be a proxy; null where that is not known. */
  readonly remoteAddress: string | null;
  /** What the option `token` of `accept` has made of a token; null without one. */
  readonly claims: unknown;
}

declare module '@netstrata/transport' {
  interface ConnectionFacts {
    /** What is known of the WebSocket, on connections of this package. */
    readonly webSocket: WebSocketFacts;
  }
}
