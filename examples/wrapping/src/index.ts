export { throughBastion } from './bastion.js';
export { encrypted } from './encrypted.js';
export { logged, type Entry, type Log } from './logged.js';
export { relay } from './relay.js';
