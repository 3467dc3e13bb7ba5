export * from './core.js';
export { required as default, required as 'module.exports' } from './as-required.js';
export { BlockList, SocketAddress } from './api/address-classes.js';
export {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs, _createServerHandle,
} from './api/default-net.js';
