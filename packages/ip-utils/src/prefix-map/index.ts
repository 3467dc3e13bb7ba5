export type { PrefixMatch } from './prefix-map.js';
export { PrefixMap } from './prefix-map.js';
