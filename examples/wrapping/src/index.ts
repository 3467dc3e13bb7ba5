export { encrypted } from './encrypted.js';
export { logged, type Entry, type Log } from './logged.js';
