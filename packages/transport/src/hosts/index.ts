export { HostRules, isPlainHost, spelledAddresses } from './host-rules.js';
export { lookUp, type Lookup, type LookupAddress } from './lookup.js';
