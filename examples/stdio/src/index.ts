export { overProcess } from './over-process.js';
export type { Command } from './command.js';
export type { ProcessError } from './process-error.js';
