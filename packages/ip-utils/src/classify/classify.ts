import { bytesOf } from '../address/bytes.js';
import { embeddedIPv4, parseAddress, type IPAddress } from '../address/index.js';
import { cidrContains } from '../cidr/index.js';
import { blocks, type AddressClass, type SpecialPurpose } from './special-purpose.js';

/** What `classify` takes: text, bytes in network order (4 or 16), or a parsed address. */
type AddressLike = string | Uint8Array | IPAddress;

/**
 * The registered block that an address lies in, the most specific one. An IPv6 address that carries an IPv4 one (IPv4-mapped,
 * IPv4-compatible, NAT64 or 6to4) is in the block of that one, which is where its packets go.
 * @returns null for what is no address, and for IPv4 outside every block
 */
export function specialPurpose(address: AddressLike): SpecialPurpose | null {
  const bytes = toBytes(address);
  if (bytes === null) return null;
  const inner = embeddedIPv4(bytes);
  if (inner === null) return find(bytes);
  const purpose = find(inner.bytes);
  // Nothing routes IPv4-compatible addresses any more, so none of them is global.
  return inner.embedding === 'compatible' && (purpose?.class ?? 'global') === 'global' ? find(bytes) : purpose;
}

/**
 * What an address is for, by the IANA special-purpose registries. Sees through IPv4 inside IPv6: `::ffff:10.0.0.1`, `64:ff9b::10.0.0.1` and
 * `2002:a00:1::` are `private`.
 * @returns null for what is no address; compare with `'global'` to be safe
 */
export function classify(address: AddressLike): AddressClass | null {
  const bytes = toBytes(address);
  return bytes === null ? null : (specialPurpose(bytes)?.class ?? 'global');
}

/** Whether an address is one of the public internet. False for what is no address. */
export function isGlobal(address: AddressLike): boolean {
  return classify(address) === 'global';
}

function toBytes(address: AddressLike): Uint8Array | null {
  if (typeof address === 'string') return parseAddress(address)?.bytes ?? null;
  const bytes = bytesOf(address);
  return bytes.length === 4 || bytes.length === 16 ? bytes : null;
}

function find(bytes: Uint8Array): SpecialPurpose | null {
  const found = blocks(bytes.length === 4 ? 4 : 6).find(([network]) => cidrContains(network, bytes));
  return found === undefined ? null : found[1];
}
