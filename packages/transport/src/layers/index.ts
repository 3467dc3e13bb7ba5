/**
 * What transports over a transport are made of: a connection that speaks first and then gets out of the way, listeners of such, checks
 * of
 * options, and timers.
 *
 * @example
 * ```js
 * import { capabilitiesOver, Timeout, timersOf } from '@netstrata/transport/layers';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const { tcp } = createNetwork().host('here');
 * console.log(capabilitiesOver(tcp.capabilities).halfClose); // prints true
 *
 * const timeout = new Timeout(timersOf({ setTimeout: (task) => task(), clearTimeout() {} }));
 * timeout.start(1000, () => console.log('over')); // prints over
 * ```
 * @packageDocumentation
 */
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
