export { createTcp, tcp } from './tcp.js';
