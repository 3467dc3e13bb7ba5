/**
 * The PROXY protocol on both sides of any transport: a balancer tells a server where a client is.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { createNetwork } from '@netstrata/transport-memory';
 * import { proxyProtocol } from '@netstrata/transport-proxy-protocol';
 *
 * const network = createNetwork();
 * const behind = proxyProtocol(network.host('server', '10.0.0.1').tcp, { accept: 'required', trust: ['10.0.0.0/8'] });
 * createNet({ tcp: behind }).createServer((socket) => socket.end(`hello ${socket.remoteAddress}`)).listen(80);
 *
 * const source = { address: '203.0.113.7', port: 40_000, family: 'IPv4' };
 * const balancer = createNet({ tcp: proxyProtocol(network.host('balancer', '10.0.0.2').tcp, { send: 2, source }) });
 * balancer.connect(80, '10.0.0.1').setEncoding('utf8').on('data', (text) => console.log(text)); // prints hello 203.0.113.7
 * ```
 * @packageDocumentation
 */
export { proxyProtocol, type AcceptOptions, type ProxyProtocolOptions } from './proxy-protocol.js';
export { encodeProxyHeader } from './header/encode.js';
export { parseProxyHeader, type ParseOptions } from './header/parse.js';
export type { ProxyDetails, ProxyHeader, ProxyHeaderFields, ProxyTls, ProxyTlv } from './header/header.js';
export { proxyHeaderOf, type ReceivedProxyHeader } from './layers/received-header.js';
export type { Refusal, RefusalReason } from './layers/refusal.js';
export type { Timers } from '@netstrata/transport/layers';
export type { DialledConnection, SendOptions } from './layers/send.js';
export type { TrustOptions } from './layers/trust.js';
