export { accept } from './accept.js';
export type { AcceptOptions, Admit, Limit, Refusal } from './accept-options.js';
export type { Headers, UpgradeRequest, UpgradeServer, UpgradeSocket } from './http.js';
export type { WebSocketFacts } from '../connection/facts.js';
