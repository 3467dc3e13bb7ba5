export { createGateway } from './server/create-gateway.js';
export type { CarrierRefusal, Client, Destination, GatewayEvents, Passed, StreamRefusal } from './contract/events.js';
export type { Gateway } from './contract/gateway.js';
export type { Claims, GatewayLimits, GatewayOptions, Verify } from './contract/options.js';
export { PROTOCOL } from './contract/protocol.js';
export type { Lookup } from '@netstrata/transport/hosts';
