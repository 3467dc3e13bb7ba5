/**
 * A map from networks to values that finds the longest match of an address, as a routing table does.
 *
 * @example
 * ```js
 * import { PrefixMap } from '@netstrata/ip-utils/prefix-map';
 *
 * const sites = new PrefixMap([['0.0.0.0/0', 'internet'], ['10.0.0.0/8', 'ours'], ['10.7.0.0/16', 'Oslo']]);
 * console.log(sites.lookup('10.7.1.2')); // prints { cidr: '10.7.0.0/16', value: 'Oslo' }
 * console.log(sites.covering('10.8.0.1').map(({ value }) => value)); // prints [ 'ours', 'internet' ]
 * ```
 * @packageDocumentation
 */
export type { PrefixMatch } from './prefix-map.js';
export { PrefixMap } from './prefix-map.js';
