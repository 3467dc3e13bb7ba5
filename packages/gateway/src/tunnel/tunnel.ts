import { optionsOf } from '@netstrata/stream-core';
import type { Connection, ConnectSink } from '@netstrata/transport';
import { checkFields, timersOf, type Timers } from '@netstrata/transport/layers';
import { mux } from '@netstrata/transport-mux';
import { socks } from '@netstrata/transport-socks';
import { dial, webSocket, type WebSocketOptions } from '@netstrata/transport-websocket';
import { PROTOCOL } from '../contract/protocol.js';
import { Asking, type TokenSource } from './asking.js';
import { TunnelTransport, type Tunnel, type TunnelStatus } from './transport.js';

/** How a tunnel gets to its gateway, and what it does when it is lost. */
export interface TunnelOptions {
  /** What admits to the gateway: a text, or a function that is asked at each dial of the carrier, since tokens expire. */
  readonly token?: TokenSource | undefined;
  /** Milliseconds for a token, for the carrier to stand, and for a connection; 30,000. */
  readonly timeout?: number | undefined;
  /** Bytes that each connection may have on its way here, when nobody reads it; 262,144. */
  readonly window?: number | undefined;
  /** Milliseconds between pings of the carrier; 30,000. False for none. */
  readonly keepAlive?: number | false | undefined;
  /** The constructor of WebSockets; the runtime's own in browsers, `ws` on Node. */
  readonly WebSocket?: WebSocketOptions['WebSocket'];
  /** Headers of the request, not in browsers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For `wss:` on Node, as `tls.connect` takes it: `ca`, ... */
  readonly tls?: WebSocketOptions['tls'];
  /** The state of the tunnel is another one. Never inside a call on it. */
  readonly onChange?: ((state: TunnelStatus['state']) => void) | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: Timers | undefined;
}

const OPTIONS = Object.keys({
  token: true, timeout: true, window: true, keepAlive: true, WebSocket: true, headers: true, tls: true, onChange: true, clock: true,
} satisfies Record<keyof TunnelOptions, true>) as readonly (keyof TunnelOptions)[];

const TIMEOUT = 30_000;

/** Dials a carrier. */
export type DialCarrier = (sink: ConnectSink) => Connection;

/** Streams of the mux carry no address: the gateway is at the end of each. */
const GATEWAY = 'socks5://0.0.0.0:1';

/**
 * A net's way through a gateway: a transport that dials names and addresses there, and listens there, over one WebSocket. The carrier is
 * dialled when it is first needed, shared by all connections, and dialled again for new ones after it broke; those that it carried then
 * have failed with ECONNRESET.
 *
 * A connection costs one round trip. `remote` is the address that the gateway has connected to, also of a name; `local` is the gateway's.
 * @param url `wss:` or `ws:`, in a page also relative to it
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE`
 */
export function tunnel(url: string | URL, options?: TunnelOptions): Tunnel {
  const given = tunnelOptionsOf(options);
  const { token, timeout = TIMEOUT, headers, WebSocket, tls, clock } = given;
  const timers = timersOf(clock);
  const how = { protocols: [PROTOCOL], timeout, headers, WebSocket, tls, clock };
  // What is wrong with these is thrown here, and not told to the first who dials.
  webSocket(url, { ...how, token: typeof token === 'function' ? undefined : token });
  const dialWith = (carried: string | undefined, sink: ConnectSink): Connection => dial(url, sink, { ...how, token: carried });
  if (typeof token !== 'function') return tunnelOver((sink) => dialWith(token, sink), given);
  return tunnelOver((sink) => new Asking(sink, timers).start(token, dialWith, timeout), given);
}

function tunnelOptionsOf(options: TunnelOptions | undefined): TunnelOptions {
  if (options !== undefined) checkFields('options', options, OPTIONS);
  return optionsOf(options, OPTIONS);
}

/** @internal The same over any carrier. */
export function tunnelOver(carrier: DialCarrier, { timeout = TIMEOUT, window, keepAlive, onChange, clock }: TunnelOptions = {}): Tunnel {
  const shared = mux(carrier, { early: true, timeout, window, keepAlive, onChange, clock });
  const over = socks(GATEWAY, { over: shared, pipeline: true, askRemote: true, timeout, clock });
  return new TunnelTransport(shared, over);
}
