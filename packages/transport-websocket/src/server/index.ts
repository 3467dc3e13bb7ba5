/**
 * Accepting WebSockets as connections, from any `http.Server`: who may come is judged before there is a WebSocket.
 *
 * @example
 * ```js
 * import { createServer } from 'node:http';
 * import { Duplex } from '@netstrata/stream-core';
 * import { dial } from '@netstrata/transport-websocket';
 * import { accept } from '@netstrata/transport-websocket/server';
 *
 * const server = createServer().listen(0, '127.0.0.1');
 * const listener = accept(server, {
 *   onListening: () => connectTo(`ws://127.0.0.1:${listener.local.port}/greeter`),
 *   onConnection(connection) {
 *     console.log(connection.facts.webSocket.claims.name); // prints alice
 *     new Duplex(connection).resume().end('hello');
 *   },
 *   onAcceptError: console.error,
 *   onClose: () => server.close(),
 * }, { path: '/greeter', token: (token) => token === 'a secret of alice' && { name: 'alice' } });
 *
 * function connectTo(url) {
 *   const connection = dial(url, {
 *     onConnect() {
 *       const stream = new Duplex(connection).setEncoding('utf8');
 *       stream.on('data', (text) => console.log(text)); // prints hello
 *       stream.on('end', () => {
 *         stream.end();
 *         listener.close();
 *       });
 *     },
 *     onClose: (error) => console.error('not connected', error),
 *   }, { token: 'a secret of alice' });
 * }
 * ```
 * @packageDocumentation
 */
export { accept } from './accept.js';
export type { AcceptOptions, Admit, Limit, NoRoom, Refusal } from './accept-options.js';
export type { Headers, UpgradeRequest, UpgradeServer, UpgradeSocket } from './http.js';
export type { WebSocketFacts } from '../connection/facts.js';
