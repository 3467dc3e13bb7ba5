import type { Connection, ConnectSink, Transport } from '@netstrata/transport';
import { WebSocket } from 'ws';
import { dialBy, transportBy } from './client/dial.js';
import type { WebSocketClass, WebSocketOptions } from './client/dial-options.js';

/** Bun puts a class of its own in the place of that of `ws`, which cannot be stopped and cut off. */
const own = 'Bun' in globalThis ? (globalThis as { WebSocket?: WebSocketClass }).WebSocket : (WebSocket as unknown as WebSocketClass);

/**
 * A connection over a WebSocket (RFC 6455) to this URL. Errors that can be known at once are thrown, all others reported to `sink.onClose`.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE`
 */
export function dial(url: string | URL, sink: ConnectSink, options?: WebSocketOptions): Connection {
  return dialBy(own, url, sink, options);
}

/**
 * The same as a transport: whatever is dialled, it is this URL that is connected to.
 * @throws as `dial`
 */
export function webSocket(url: string | URL, options?: WebSocketOptions): Transport {
  return transportBy(own, url, options);
}
