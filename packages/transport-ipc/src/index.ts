export { createIpc, ipc } from './ipc.js';
