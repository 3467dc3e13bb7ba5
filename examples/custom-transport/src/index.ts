export { fortyLines } from './forty-lines.js';
