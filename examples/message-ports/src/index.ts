export { overPorts } from './ports.js';
