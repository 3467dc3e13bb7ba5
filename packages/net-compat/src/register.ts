import { begin } from './register/in-place.js';

export { register, unregister } from './register/in-place.js';
export type { Egress, ProxyURL, RegisterOptions, Way } from './outbound/told.js';

begin();
