import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import type { WebSocketClass } from '../src/index.js';
import { fromHere, overHttp } from './support/over-http.js';

const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;

compliance({ describe, it }, { name: 'a WebSocket of ws', transport: overHttp(), listenEndpoint });

const { WebSocket } = globalThis as { WebSocket?: WebSocketClass };

// Node has one from 22 on. It tells neither its own address, nor what went wrong.
if (WebSocket !== undefined) {
  compliance({ describe, it }, {
    name: 'a WebSocket of the runtime',
    transport: fromHere({ WebSocket }),
    listening: overHttp(),
    listenEndpoint,
    knowsLocal: false,
  });
}
