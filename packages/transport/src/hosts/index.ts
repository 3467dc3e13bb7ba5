export { HostRules, isPlainHost, spelledAddresses } from './host-rules.js';
