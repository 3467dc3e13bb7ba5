export { tunnel, type TunnelOptions } from './tunnel.js';
export type { Tunnel, TunnelStatus } from './transport.js';
export type { TokenSource } from './asking.js';
export { PROTOCOL } from '../contract/protocol.js';
