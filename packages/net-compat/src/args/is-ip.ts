import { isIP as versionOf, isIPv4 as hasVersion4, isIPv6 as hasVersion6 } from '@netstrata/ip-utils';

/*
 * What a net has of ip-utils, under the same names. They are functions of its own: on Node that package loads with the first question, and
 * many programs ask none.
 */

/** 4 or 6 for an IP address; 0 for anything else (https://nodejs.org/api/net.html#netisipinput). */
export function isIP(input: unknown): 0 | 4 | 6 {
  return versionOf(input);
}

/** Whether `input` is an IPv4 address (https://nodejs.org/api/net.html#netisipv4input). */
export function isIPv4(input: unknown): boolean {
  return hasVersion4(input);
}

/** Whether `input` is an IPv6 address, with a zone or without (https://nodejs.org/api/net.html#netisipv6input). */
export function isIPv6(input: unknown): boolean {
  return hasVersion6(input);
}
