import type { Endpoint, ListenEndpoint } from '@netstrata/transport';
import type { WebStreams } from '@netstrata/transport/adapters';

/** What gives pairs of streams: WebTransport, WebSocketStream, `Deno.connect`, the `connect()` of an edge runtime, ... */
export interface StreamMedium {
  /** A pair that leads to the endpoint. Throws or rejects where there is none. */
  dial(endpoint: Endpoint): WebStreams | Promise<WebStreams>;
  /** The pairs that others open, until the signal is aborted. Throws or rejects where it cannot listen. */
  listen?(endpoint: ListenEndpoint, signal: AbortSignal): AsyncIterable<WebStreams> | Promise<AsyncIterable<WebStreams>>;
  /** Whether a direction can be ended alone, and whether an abort is told from an end; true where it is not said. */
  readonly halfClose?: boolean;
  readonly reset?: boolean;
}
