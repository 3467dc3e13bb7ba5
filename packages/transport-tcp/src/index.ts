/**
 * TCP as a transport, without the net API: what `net-compat` uses by default for addresses and ports.
 *
 * @example
 * ```js
 * import { Duplex } from '@netstrata/stream-core';
 * import { tcp } from '@netstrata/transport-tcp';
 *
 * const listener = tcp.listen({ address: '127.0.0.1', port: 0, family: 'IPv4' }, {
 *   onListening: dial,
 *   onConnection(connection) {
 *     new Duplex(connection).resume().end('hello');
 *     listener.close();
 *   },
 *   onAcceptError: console.error,
 *   onClose() {},
 * });
 *
 * function dial() {
 *   const connection = tcp.connect(listener.local, {
 *     onConnect() {
 *       const stream = new Duplex(connection).setEncoding('utf8');
 *       stream.on('data', (text) => console.log(text)); // prints hello
 *       stream.on('end', () => stream.end());
 *     },
 *     onClose: (error) => console.error('not connected', error),
 *   });
 * }
 * ```
 * @packageDocumentation
 */
export { createTcp, tcp } from './tcp.js';
