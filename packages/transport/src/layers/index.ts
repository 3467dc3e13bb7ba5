export { LayerConnection, type Accepting } from './layer-connection.js';
export { LayerAcceptor, type MakeLayer } from './layer-listener.js';
export { capabilitiesOver } from './capabilities.js';
export { refusedConnection } from './refused-connection.js';
export { tellNative, type Ends } from './native-ends.js';
export { Deadline, Timeout, timersOf, type Timers } from './timers.js';
