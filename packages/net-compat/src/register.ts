/**
 * Puts this net in the place of Node's for a whole process: `node --import @netstrata/net-compat/register`. With it a policy, and a
 * route,
 * for everything that the process dials.
 *
 * @example
 * ```js
 * import { register, unregister } from '@netstrata/net-compat/register';
 *
 * register({ egress: ['global'] });
 * await fetch('http://169.254.169.254/').catch((error) => {
 *   console.log(error.cause.code); // prints ERR_ADDRESS_DENIED
 * });
 * unregister();
 * ```
 * @packageDocumentation
 */
import { begin } from './register/in-place.js';

export { register, unregister } from './register/in-place.js';
export type { Egress, ProxyURL, RegisterOptions, Way } from './outbound/told.js';

begin();
