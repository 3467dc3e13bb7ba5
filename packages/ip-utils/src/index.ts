export { isIP, isIPv4, isIPv6 } from './scan/is-ip.js';
