export { fromNodeDuplex, type NodeDuplex } from './node-duplex.js';
export { fromWebStreams, type WebReader, type WebStreams, type WebWriter } from './web-streams.js';
export type { AdapterOptions } from './adapted.js';
