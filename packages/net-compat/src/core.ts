/**
 * The same API without any transport: `createNet` makes a net over those that you give. For browsers, and for programs that use nothing
 * of
 * the system.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const { ipc } = createNetwork().host('here');
 * const net = createNet({ ipc }); // `ipc` carries paths, `tcp` addresses and ports
 * const server = net.createServer((socket) => socket.end('hello')).listen('greeter', () => {
 *   const client = net.connect('greeter').setEncoding('utf8');
 *   client.on('data', (text) => console.log(text)); // prints hello
 *   client.on('close', () => server.close());
 * });
 * ```
 * @packageDocumentation
 */
export { createNet, type Connect, type CreateServer, type Net } from './api/net.js';
export type {
  ConnectOpts, IPVersion, IpcNetConnectOpts, IpcSocketConnectOpts, NetConnectOpts, OnReadOpts, ServerOpts, SetKeepAliveOptions,
  SocketAddressInitOptions, SocketConnectOpts, SocketConstructorOpts, SocketReadyState, TcpNetConnectOpts, TcpSocketConnectOpts,
} from './api/node-names.js';
export type { ConnectionError, SocketEventMap } from './types/socket-events.js';
export { Socket, type SocketConstructor } from './socket/socket.js';
export type { ConnectOptions, IpcConnectOptions, SocketOptions, TcpConnectOptions } from './socket/socket-options.js';
export { BoundSocket, type BoundSocketOptions } from './shared/bound-socket.js';
export { Server, type ConnectionListener, type ServerConstructor, type ServerEventMap } from './server/server.js';
export type { DropArgument, ListenOptions, ServerOptions } from './server/server-options.js';
export { isIP, isIPv4, isIPv6 } from './args/is-ip.js';
export { BlockList, SocketAddress } from '@netstrata/ip-utils/block-list';
export { systemClock, type Clock, type Timer } from './runtime/clock.js';
export { routeNet } from './api/route-net.js';
export type { Behaviour, NetOptions } from './shared/context.js';
export type { PortsFromTo, Route } from './shared/routes.js';
export type { AddressInfo } from './args/endpoints.js';
export type { LookupAddress, LookupFunction, LookupOptions } from './runtime/runtime.js';
