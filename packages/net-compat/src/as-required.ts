import * as core from './core.js';
import { net } from './api/default-net.js';

/**
 * What `require` gives, and what is imported as the default: an object with all names, to be read, replaced and configured as the builtin
 * module can. An ES module has such an object for `require` under the name 'module.exports' (Node's documentation, "Loading ECMAScript
 * modules using require()").
 */
export const required = Object.defineProperties(Object.assign(net, { ...core, ...net }), {
  default: { value: net, writable: true, configurable: true },
  __esModule: { value: true },
});
