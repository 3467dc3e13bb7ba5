/**
 * Many connections over one, by yamux: over any transport, dialling and listening at both ends.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { duplexPair } from 'node:stream';
 * import { fromNodeDuplex } from '@netstrata/transport/adapters';
 * import { muxSession } from '@netstrata/transport-mux';
 *
 * const [one, other] = duplexPair(); // what carries them all
 * const dialler = muxSession(fromNodeDuplex(one), { side: 'dialler' });
 * const acceptor = muxSession(fromNodeDuplex(other), { side: 'acceptor' });
 *
 * const server = createNet({ ipc: acceptor }).createServer((socket) => socket.resume().end('hello')).listen('greeter');
 * const client = createNet({ ipc: dialler }).connect('greeter').setEncoding('utf8');
 * client.on('data', (text) => console.log(text, dialler.streams)); // prints hello 1
 * client.on('close', () => server.close(() => dialler.close()));
 * ```
 * @packageDocumentation
 */
export { mux, type MuxState, type MuxTransport, type MuxTransportOptions } from './transports/mux.js';
export { muxSession, type MuxSession, type MuxSessionOptions } from './transports/mux-session.js';
export type { DialCarrier } from './transports/carrier.js';
export type { MuxClock, MuxOptions } from './options/mux-options.js';
export type { PingDone } from './session/pings.js';
