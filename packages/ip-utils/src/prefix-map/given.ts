import { parseAddress, type IPAddress } from '../address/index.js';
import { bytesIn } from '../address/is-bytes.js';
import { cidrBounds, parseCIDR, type CIDR } from '../cidr/index.js';
import { invalidArgType, invalidArgValue } from '../errors/errors.js';

/** The first `length` bits of an address of 4 or 16 bytes. */
export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** The 4 or 16 bytes of an address; null for what is none. */
export function addressBytes(address: string | Uint8Array | IPAddress): Uint8Array | null {
  const bytes = typeof address === 'string' ? (parseAddress(address)?.bytes ?? null) : bytesIn(address);
  return bytes !== null && (bytes.length === 4 || bytes.length === 16) ? bytes : null;
}

function prefixOfCIDR(cidr: CIDR): Prefix | null {
  const bytes = addressBytes(cidr as unknown as IPAddress);
  const { prefix } = cidr;
  if (bytes === null || !Number.isInteger(prefix) || prefix < 0 || prefix > bytes.length * 8) return null;
  return { bytes: cidrBounds({ version: bytes.length === 4 ? 4 : 6, bytes, prefix }).first, length: prefix };
}

/**
 * A network that a caller named, host bits cleared.
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR
 */
export function prefixOf(cidr: CIDR | string): Prefix {
  if (typeof cidr !== 'string') {
    const prefix = typeof cidr === 'object' && (cidr as CIDR | null) !== null ? prefixOfCIDR(cidr) : null;
    if (prefix === null) throw invalidArgType('cidr', 'a CIDR, or the text of one', cidr);
    return prefix;
  }
  const parsed = parseCIDR(cidr);
  if (parsed === null) throw invalidArgValue('cidr', cidr, 'must be an address and a prefix length (e.g. "10.0.0.0/8")');
  return { bytes: parsed.bytes, length: parsed.prefix };
}

/** An address, as the prefix of all its bits, or a network; null for what is neither. */
export function prefixIn(given: string | Uint8Array | IPAddress | CIDR): Prefix | null {
  if (typeof given === 'string' && given.includes('/')) {
    const cidr = parseCIDR(given);
    return cidr === null ? null : { bytes: cidr.bytes, length: cidr.prefix };
  }
  const bytes = addressBytes(given as IPAddress);
  if (bytes === null) return null;
  return typeof (given as Partial<CIDR>).prefix === 'number' ? prefixOfCIDR(given as CIDR) : { bytes, length: bytes.length * 8 };
}
