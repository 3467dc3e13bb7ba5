/**
 * Connections between names within one process, as a transport.
 *
 * @example
 * ```js
 * import { Duplex } from '@netstrata/stream-core';
 * import { carrierPigeon } from '@netstrata/transport-carrier-pigeon';
 *
 * const listener = carrierPigeon.listen({ path: 'greeter' }, {
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
 *   const connection = carrierPigeon.connect(listener.local, {
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
export { carrierPigeon } from './carrier-pigeon.js';
