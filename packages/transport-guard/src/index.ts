/**
 * A policy in front of a transport: what was judged is what is dialled.
 *
 * @example
 * ```js
 * import { createNet } from '@netstrata/net-compat/core';
 * import { guard } from '@netstrata/transport-guard';
 * import { tcp } from '@netstrata/transport-tcp';
 *
 * const net = createNet({ tcp: guard(tcp, { allow: ['global'] }) });
 * net.connect(80, '169.254.169.254').on('error', (error) => {
 *   console.log(error.code, error.address); // prints ERR_ADDRESS_DENIED 169.254.169.254
 * });
 * ```
 * @packageDocumentation
 */
export { guard } from './guard.js';
export type { GuardOptions, GuardPolicy } from './settings.js';
export type { AddressDenied } from './denied.js';
