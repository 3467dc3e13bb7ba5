export { hasTokens } from './admission.js';
export type { MakeGateway } from './gateway-options.js';
export { prepare } from './prepare.js';
export { Service } from './service.js';
