export type { BlockListOptions } from './block-list.js';
export { BlockList } from './block-list.js';
