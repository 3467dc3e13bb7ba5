export { dial, webSocket } from './over-ws.js';
export type { TlsOptions, WebSocketClass, WebSocketOptions } from './client/dial-options.js';
export type { WebSocketFacts } from './connection/facts.js';
