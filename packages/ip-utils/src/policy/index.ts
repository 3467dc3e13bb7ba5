export type { AddressPolicy, AddressPolicyOptions, PolicyAnswer } from './policy.js';
export type { AddressRule, RulePort } from './rule.js';
export { addressPolicy, publicOnly } from './policy.js';
