export type { HandleDriver } from './contract/handle-driver.js';
export { getDriver } from './get-driver.js';
export { builtinOptions, IdleHandle } from './native/builtin-options.js';
export { ownMethodsOfNet, ownMethodUnder } from './native/internals.js';
export { createNodeNetDriver } from './node-net/node-net-driver.js';
