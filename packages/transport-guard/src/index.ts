export { guard } from './guard.js';
export type { GuardOptions, GuardPolicy } from './settings.js';
export type { AddressDenied } from './denied.js';
