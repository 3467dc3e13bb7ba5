/**
 * The runtime's own stream handles behind one face: what `transport-tcp` and `transport-ipc` are made of.
 *
 * @example
 * ```js
 * import { getDriver } from '@netstrata/handles';
 *
 * const handles = getDriver();
 * const nothing = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
 *
 * const listener = handles.listen({ address: '127.0.0.1', port: 0, family: 'IPv4' }, {
 *   onListening() {
 *     const connection = handles.connect(listener.local, { ...nothing, onConnect: () => connection.close() });
 *   },
 *   onConnection(connection) {
 *     connection.sink = nothing;
 *     console.log(connection.local.port === listener.local.port); // prints true
 *     connection.close();
 *     listener.close();
 *   },
 *   onAcceptError: console.error,
 *   onClose() {},
 * });
 * ```
 * @packageDocumentation
 */
export type { HandleDriver } from './contract/handle-driver.js';
export { getDriver } from './get-driver.js';
export { builtinOptions, IdleHandle } from './native/builtin-options.js';
export { ownMethodsOfNet, ownMethodUnder } from './native/internals.js';
export { createNodeNetDriver } from './node-net/node-net-driver.js';
