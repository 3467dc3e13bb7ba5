// What bundlers and browsers get: a third of the package is for Bun alone, which asks for the whole.
export type { HandleDriver } from './contract/handle-driver.js';
export { getDriver } from './get-driver-without-bun.js';
export { builtinOptions, IdleHandle } from './native/builtin-options.js';
export { ownMethodsOfNet, ownMethodUnder } from './native/internals.js';
export { createNodeNetDriver } from './node-net/node-net-driver.js';
