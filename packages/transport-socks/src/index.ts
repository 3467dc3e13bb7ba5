export { socks } from './socks.js';
