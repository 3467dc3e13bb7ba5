import { invalidArgValue } from '@netstrata/stream-core';
import { LIMITS } from '../options/limits.js';
import { OwnWire, type OwnWebSocket } from '../wire/own-wire.js';
import type { Wire } from '../wire/wire.js';
import { WsWire, type TcpSocket, type WsWebSocket } from '../wire/ws-wire.js';
import { isOfWs, type DialSettings } from './dial-options.js';
import { answered, failed } from './failures.js';
import type { Target } from './target.js';

interface Request {
  once(event: 'socket', listener: (socket: TcpSocket) => void): unknown;
  end(): unknown;
}
interface Answer { readonly statusCode?: number; readonly statusMessage?: string }

/** Begins to connect. Throws what the runtime throws. */
export function openWire(target: Target, settings: DialSettings): Wire {
  return isOfWs(settings.Class) ? openWs(target, settings) : openOwn(target, settings);
}

function openWs(target: Target, settings: DialSettings): Wire {
  const { Class, protocols, headers, tls, closeTimeout, maxMessage } = settings;
  let request: Request | undefined;
  const options = {
    ...tls, ...LIMITS, headers: headers ?? {}, closeTimeout, maxPayload: maxMessage, perMessageDeflate: false,
    // Where it hands out the request, before it is sent.
    finishRequest(made: Request) { request = made; },
  };
  const Ws = Class as new (url: string, protocols: string[], options: object) => WsWebSocket;
  const socket = new Ws(target.href, protocols, options);
  const wire = new WsWire(socket, failed);
  socket.on('unexpected-response', (_request: unknown, { statusCode = 0, statusMessage }: Answer) => {
    wire.giveUp(answered(statusCode, statusMessage));
  });
  request?.once('socket', (tcp) => { wire.attach(tcp); });
  request?.end();
  return wire;
}

/** Bun, Deno and Node take headers with an object in place of the list of protocols; a browser throws. */
function openOwn(target: Target, { Class, protocols, headers, maxUnread, timers }: DialSettings): Wire {
  const Own = Class as new (url: string, how: string[] | object) => OwnWebSocket;
  let socket: OwnWebSocket;
  try {
    socket = new Own(target.href, headers === null ? protocols : { protocols, headers });
  } catch (error) {
    if (headers === null) throw error;
    throw invalidArgValue('options.headers', '...', 'are not taken by the WebSocket of this runtime');
  }
  return new OwnWire(socket, maxUnread, timers);
}
