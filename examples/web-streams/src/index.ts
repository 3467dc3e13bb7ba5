export { overWebStreams } from './web-streams.js';
export { inProcess } from './in-process.js';
export type { StreamMedium } from './medium.js';
