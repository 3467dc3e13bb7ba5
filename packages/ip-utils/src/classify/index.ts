export type { AddressClass, SpecialPurpose } from './special-purpose';
export { classify, isGlobal, specialPurpose } from './classify';
export { looseIPv4 } from './loose-ipv4';
