import { checks } from './tools/packages/sizes.mjs';

export default checks();
