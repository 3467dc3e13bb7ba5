import { scenarios, type Run } from './scenarios.js';

// VitePress puts here what `load` gives.
declare const data: readonly Run[];
export { data };

export default { watch: ['../../compatibility/conformance.md'], load: scenarios };
