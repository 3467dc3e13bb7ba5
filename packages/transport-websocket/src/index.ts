/**
 * A WebSocket as a connection, in browsers and on servers: dialling.
 *
 * @example
 * ```js
 * import { createServer } from 'node:http';
 * import { createNet } from '@netstrata/net-compat/core';
 * import { Duplex } from '@netstrata/stream-core';
 * import { webSocket } from '@netstrata/transport-websocket';
 * import { accept } from '@netstrata/transport-websocket/server';
 *
 * const server = createServer().listen(0, '127.0.0.1', () => {
 *   const { tcp } = { tcp: webSocket(`ws://127.0.0.1:${server.address().port}/`) };
 *   const client = createNet({ tcp }).connect(1, '192.0.2.1').setEncoding('utf8'); // every dial goes to the URL
 *   client.on('data', (text) => console.log(text)); // prints hello
 *   client.on('close', () => listener.close());
 * });
 * const listener = accept(server, {
 *   onListening() {},
 *   onConnection: (connection) => void new Duplex(connection).resume().end('hello'),
 *   onAcceptError: console.error,
 *   onClose: () => server.close(),
 * });
 * ```
 * @packageDocumentation
 */
export { dial, webSocket } from './over-ws.js';
export type { TlsOptions, WebSocketClass, WebSocketOptions } from './client/dial-options.js';
export type { WebSocketFacts } from './connection/facts.js';
