/**
 * A page's way through a gateway: a transport whose connections begin there, over one WebSocket.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { tunnel } from '@netstrata/gateway/tunnel';
 *
 * const there = tunnel('ws://127.0.0.1:9/', { timeout: 5000 }); // where no gateway is
 * console.log(there.status.state); // prints idle
 * createNet({ tcp: there }).connect(5432, 'db.internal').on('error', (error) => {
 *   console.log(error.syscall, there.status.dials); // prints connect 1
 *   there.close();
 * });
 * ```
 * @packageDocumentation
 */
export { tunnel, type TunnelOptions } from './tunnel.js';
export type { Tunnel, TunnelStatus } from './transport.js';
export type { TokenSource } from './asking.js';
export { PROTOCOL } from '../contract/protocol.js';
