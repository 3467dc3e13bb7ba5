export { isIP, isIPv4, isIPv6 } from './syntax/is-ip.js';
