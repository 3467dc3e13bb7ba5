export { proxyProtocol } from './proxy-protocol.js';
