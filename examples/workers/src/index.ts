export { overSockets, type Dial, type OpenSocket } from './over-sockets.js';
