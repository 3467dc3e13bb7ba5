import { parseAddress } from '../address/index.js';

/**
 * Why `parseCIDR` gives null, as words that continue a sentence about the text: 'has a prefix length that is not 0 to 32'.
 * @returns null for a CIDR
 * @example
 * ```js
 * import { whyNotCIDR } from '@netstrata/ip-utils/cidr';
 *
 * console.log(whyNotCIDR('10.0.0.0/33'), whyNotCIDR('10.0.0.0/8')); // prints has a prefix length that is not 0 to 32 null
 * ```
 */
export function whyNotCIDR(text: string): string | null {
  if (typeof text !== 'string') return 'is no text';
  const slash = text.indexOf('/');
  if (slash < 0) return 'has no prefix length';
  const address = parseAddress(text.slice(0, slash));
  if (address === null) return 'does not begin with an IP address';
  if (address.zone !== null) return 'has a zone, and networks have none';
  return whyNotPrefix(text.slice(slash + 1), address.bytes.length * 8);
}

function whyNotPrefix(digits: string, max: number): string | null {
  if (digits === '') return 'has nothing after the slash';
  if (!/^\d+$/.test(digits)) return 'has a prefix length that is not a decimal number';
  if (digits.length > 1 && digits.startsWith('0')) return 'has a prefix length with a leading zero';
  return digits.length > 3 || Number(digits) > max ? `has a prefix length that is not 0 to ${max}` : null;
}
