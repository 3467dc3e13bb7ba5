export { isIP, isIPv4, isIPv6 } from './is-ip.js';
