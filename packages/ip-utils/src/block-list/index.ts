export type { BlockListOptions } from './block-list';
export { BlockList } from './block-list';
