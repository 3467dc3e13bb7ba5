/**
 * Names that may be dialled where they are resolved at a far end, and look-ups of names.
 *
 * @example
 * ```js
 * import { HostRules, spelledAddresses } from '@netstrata/transport/hosts';
 *
 * const rules = new HostRules(['db.example.org', '*.internal'], 'hosts');
 * console.log(rules.allows('DB.example.org.'), rules.allows('redis.internal'), rules.allows('internal')); // prints true true false
 * console.log(spelledAddresses('localhost'), spelledAddresses('db.internal')); // prints [ '127.0.0.1', '::1' ] []
 * ```
 * @packageDocumentation
 */
export { HostRules, isPlainHost, spelledAddresses } from './host-rules.js';
export { lookUp, type Lookup, type LookupAddress } from './lookup.js';
