/**
 * Connections of streams: of a pair of WHATWG streams, or of any Node Duplex.
 *
 * @example
 * ```js
 * import { duplexPair } from 'node:stream';
 * import { fromNodeDuplex } from '@netstrata/transport/adapters';
 *
 * const [one, other] = duplexPair();
 * const connection = fromNodeDuplex(one);
 * connection.sink = {
 *   onData: (chunk) => console.log(new TextDecoder().decode(chunk)), // prints hello
 *   onEnd: () => connection.close(),
 *   onWriteDone() {},
 *   onShutdownDone() {},
 *   onClose: (error) => console.log('closed', error), // prints closed null
 * };
 * connection.readStart(); // channels are born stopped
 * other.end('hello');
 * ```
 * @packageDocumentation
 */
export { fromNodeDuplex, type NodeDuplex } from './node-duplex.js';
export { fromWebStreams, type WebReader, type WebStreams, type WebWriter } from './web-streams.js';
export type { AdapterOptions } from './adapted.js';
