export { carrierPigeon } from './carrier-pigeon.js';
