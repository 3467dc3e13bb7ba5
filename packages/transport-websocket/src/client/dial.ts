import { isError } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint, type Transport } from '@netstrata/transport';
import { refusedConnection, Timeout } from '@netstrata/transport/layers';
import { WebSocketConnection } from '../connection/websocket-connection.js';
import type { Wire } from '../wire/wire.js';
import { dialSettingsOf, type DialSettings, type WebSocketClass, type WebSocketOptions } from './dial-options.js';
import { openWire } from './open.js';
import { targetOf, type Target } from './target.js';

/** As `dial` of the package, with the class that is used when the caller gives none. */
export function dialBy(own: WebSocketClass | undefined, url: string | URL, sink: ConnectSink, options?: WebSocketOptions): Connection {
  return begin(targetOf(url), dialSettingsOf(options, own), sink);
}

/** As `webSocket` of the package. */
export function transportBy(own: WebSocketClass | undefined, url: string | URL, options?: WebSocketOptions): Transport {
  const target = targetOf(url);
  const settings = dialSettingsOf(options, own);
  return {
    name: 'websocket',
    capabilities: {
      halfClose: false, reset: true, listen: false,
      bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
    },
    connect: (endpoint, connectSink) => begin(target, settings, connectSink, endpoint),
  };
}

function begin(target: Target, settings: DialSettings, sink: ConnectSink, remote?: Endpoint): Connection {
  const dialled = remote ?? target.endpoint;
  let wire: Wire;
  try {
    wire = openWire(target, settings);
  } catch (cause) {
    if (isError(cause) && 'code' in cause && String(cause.code).startsWith('ERR_')) throw cause;
    // A page may not dial everything: not ws: from https:, not ports of other services.
    const error = Object.assign(systemError({ syscall: 'connect', code: 'EACCES', endpoint: dialled }), { cause });
    return refusedConnection(sink, error, remote ?? null);
  }
  const timeout = new Timeout(settings.timers);
  const connection = new WebSocketConnection(wire, {
    dialled,
    remote,
    decided: () => { timeout.stop(); },
    facts: ({ protocol, remote: below }) => ({
      protocol, path: target.path, origin: null, headers: {}, remoteAddress: below?.address ?? null, claims: null,
    }),
  }, sink);
  timeout.start(settings.timeout, () => { wire.giveUp({ code: 'ETIMEDOUT', syscall: 'connect' }); });
  return connection;
}
