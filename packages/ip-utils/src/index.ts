/**
 * Whether a text is an IP address: the question that Node's `net.isIP` answers, with its answers. Imports nothing.
 *
 * @example
 * ```js
 * import { isIP, isIPv4, isIPv6 } from '@netstrata/ip-utils';
 *
 * console.log(isIP('fe80::1%eth0')); // prints 6
 * console.log(isIP('010.0.0.1')); // prints 0
 * console.log(isIPv4('10.0.0.1'), isIPv6('10.0.0.1')); // prints true false
 * ```
 * @packageDocumentation
 */
export { isIP, isIPv4, isIPv6 } from './syntax/is-ip.js';
