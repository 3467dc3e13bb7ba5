/**
 * A gateway for nets in browsers: it dials from a server of yours what its rules allow, and nothing without a rule.
 *
 * @example
 * ```js
 * import { createServer } from 'node:http';
 * import net from '@netstrata/net-compat';
 * import { createNet } from '@netstrata/net-compat/core';
 * import { createGateway } from '@netstrata/gateway';
 * import { tunnel } from '@netstrata/gateway/tunnel';
 *
 * const echo = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
 * const server = createServer().listen(0, '127.0.0.1', () => {
 *   const gateway = createGateway({ server, token: 'a long secret', allow: [`localhost:${echo.address().port}`] });
 *   const there = tunnel(`ws://127.0.0.1:${server.address().port}/`, { token: 'a long secret' }); // in the page
 *   const socket = createNet({ tcp: there }).connect(echo.address().port, 'localhost').setEncoding('utf8');
 *   socket.on('data', (text) => console.log(text)); // prints through one WebSocket
 *   socket.on('close', () => [there, gateway, echo, server].forEach((one) => one.close()));
 *   socket.end('through one WebSocket');
 * });
 * ```
 * @packageDocumentation
 */
export { createGateway } from './server/create-gateway.js';
export type { CarrierRefusal, Client, Destination, GatewayEvents, Passed, StreamRefusal } from './contract/events.js';
export type { Gateway } from './contract/gateway.js';
export type { Claims, GatewayLimits, GatewayOptions, Verify } from './contract/options.js';
export { PROTOCOL } from './contract/protocol.js';
export type { Lookup } from '@netstrata/transport/hosts';
