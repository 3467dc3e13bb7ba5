export { proxyProtocol, type AcceptOptions, type ProxyProtocolOptions } from './proxy-protocol.js';
export { encodeProxyHeader } from './header/encode.js';
export { parseProxyHeader, type ParseOptions } from './header/parse.js';
export type { ProxyDetails, ProxyHeader, ProxyHeaderFields, ProxyTls, ProxyTlv } from './header/header.js';
export { proxyHeaderOf, type ReceivedProxyHeader } from './layers/received-header.js';
export type { Refusal, RefusalReason } from './layers/refusal.js';
export type { Timers } from '@netstrata/transport/layers';
export type { DialledConnection, SendOptions } from './layers/send.js';
export type { TrustOptions } from './layers/trust.js';
