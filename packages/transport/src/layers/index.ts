export { LayerConnection, type Accepting } from './layer-connection.js';
export { OverConnection } from './over-connection.js';
export { LayerAcceptor, type MakeLayer } from './layer-listener.js';
export { capabilitiesOver } from './capabilities.js';
export { refusedConnection } from './refused-connection.js';
export { tellNative, type Ends } from './native-ends.js';
export {
  checkFields, checkFunction, countOf, flagOf, LONGEST_TIME, numberOf, textsOf, timeOf, transportOf,
} from './checks.js';
export { Deadline, Timeout, timersOf, type Timers } from './timers.js';
