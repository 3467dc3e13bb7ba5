/**
 * Which addresses and ports may be talked to: rules, and an answer that names the rule which has decided.
 *
 * @example
 * ```js
 * import { addressPolicy, publicOnly } from '@netstrata/ip-utils/policy';
 *
 * const policy = addressPolicy({ allow: ['10.0.0.0/8:5432', 'loopback'], deny: ['10.9.0.0/16'] });
 * console.log(policy.check('10.1.2.3', 5432)); // prints { allowed: true, rule: '10.0.0.0/8:5432' }
 * console.log(policy.check('::ffff:10.9.0.1', 5432).rule); // prints 10.9.0.0/16
 * console.log(publicOnly.check('64:ff9b::10.0.0.1', 443).allowed); // prints false
 * ```
 * @packageDocumentation
 */
export type { AddressPolicy, AddressPolicyOptions, PolicyAnswer } from './policy.js';
export type { AddressRule, CIDRRule, ClassRule, OneAddressRule, RangeRule, RulePort } from './rule.js';
export { addressPolicy, publicOnly } from './policy.js';
