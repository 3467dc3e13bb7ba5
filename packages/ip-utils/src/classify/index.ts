export type { EmbeddedAddress } from './classify.js';
export type { AddressClass, SpecialPurpose } from './special-purpose.js';
export { classify, embeddedAddresses, isGlobal, specialPurpose } from './classify.js';
export { looseIPv4 } from './loose-ipv4.js';
