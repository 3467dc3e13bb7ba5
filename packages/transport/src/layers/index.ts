export { LayerConnection, type Accepting } from './layer-connection.js';
export { LayerAcceptor } from './layer-listener.js';
export { capabilitiesOver } from './capabilities.js';
export { refusedConnection } from './refused-connection.js';
