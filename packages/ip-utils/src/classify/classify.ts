import { allEmbeddedIPv4, formatBytes, type AddressLike, type Embedding } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { samePrefix } from '../cidr/cidr.js';
import { blocks, type AddressClass, type SpecialPurpose } from './special-purpose.js';

/** Those through which packets always go to the IPv4 address, so that the block of the IPv6 address says nothing. */
const TRANSPARENT: ReadonlySet<Embedding> = /* @__PURE__ */ new Set<Embedding>(['mapped', '6to4']);

/** The registered blocks of an address and of those it carries, the more telling first. */
function candidates(bytes: Uint8Array): (SpecialPurpose | null)[] {
  const own = find(bytes);
  const carried = allEmbeddedIPv4(bytes);
  if (carried.length === 0) return [own];
  const { embedding } = carried[0];
  const inner = carried.filter((one, i) => i === 0 || one.embedding === 'isatap').map((one) => find(one.bytes));
  if (TRANSPARENT.has(embedding)) return inner;
  // Any interface identifier may look like that of ISATAP.
  return embedding === 'isatap' ? [own, ...inner] : [...inner, own];
}

const classOf = (purpose: SpecialPurpose | null): AddressClass => purpose?.class ?? 'global';

/**
 * The registered block that an address lies in, the most specific one. An IPv6 address that carries an IPv4 one is in the block of that
 * one, which is where its packets go: IPv4-mapped, NAT64 and 6to4 always; IPv4-compatible, Teredo, ISATAP and the local translation prefix
 * 64:ff9b:1::/48 where that one's block says more than the block of the IPv6 address. Nothing is global of which one part is not.
 * @returns null for what is no address, and for IPv4 outside every block
 * @example
 * ```js
 * import { specialPurpose } from '@netstrata/ip-utils/classify';
 *
 * const { class: what, cidr, source } = specialPurpose('100.64.0.1');
 * console.log(what, cidr, source); // prints shared 100.64.0.0/10 RFC 6598
 * ```
 */
export function specialPurpose(address: AddressLike | null | undefined): SpecialPurpose | null {
  const bytes = addressBytes(address);
  if (bytes === null) return null;
  const all = candidates(bytes);
  const notGlobal = all.filter((purpose) => classOf(purpose) !== 'global');
  return notGlobal.find((purpose) => classOf(purpose) !== 'reserved') ?? notGlobal[0] ?? all[0];
}

/**
 * What an address is for, by the IANA special-purpose registries. Sees through IPv4 inside IPv6: `::ffff:10.0.0.1`, `64:ff9b::10.0.0.1`,
 * `2002:a00:1::` and `2001:db9::5efe:10.0.0.1` are `private`.
 * @returns null for what is no address; compare with `'global'` to be safe
 * @example
 * ```js
 * import { classify } from '@netstrata/ip-utils/classify';
 *
 * console.log(classify('8.8.8.8'), classify('64:ff9b::10.0.0.1'), classify('localhost')); // prints global private null
 * ```
 */
export function classify(address: AddressLike | null | undefined): AddressClass | null {
  const bytes = addressBytes(address);
  return bytes === null ? null : classOf(specialPurpose(bytes));
}

/** An IPv4 address inside an IPv6 one, as text, with its class. */
export interface EmbeddedAddress {
  /** How it is carried. */
  readonly embedding: Embedding;
  /** IPv4, as text. */
  readonly address: string;
  /** What this address is for, by itself. */
  readonly class: AddressClass;
}

/**
 * What an IPv6 address carries: every IPv4 address that a translator or tunnel may take from it, the most probable first.
 * @returns empty for an address that carries none, and for what is no address
 * @example
 * ```js
 * import { embeddedAddresses } from '@netstrata/ip-utils/classify';
 *
 * console.log(embeddedAddresses('64:ff9b::10.0.0.1')); // prints [ { embedding: 'nat64', address: '10.0.0.1', class: 'private' } ]
 * ```
 */
export function embeddedAddresses(address: AddressLike | null | undefined): EmbeddedAddress[] {
  const bytes = addressBytes(address);
  if (bytes === null) return [];
  return allEmbeddedIPv4(bytes).map((one) => {
    return { embedding: one.embedding, address: formatBytes(one.bytes), class: classOf(find(one.bytes)) };
  });
}

/**
 * Whether an address is one of the public internet. False for what is no address.
 * @example
 * ```js
 * import { isGlobal } from '@netstrata/ip-utils/classify';
 *
 * console.log(isGlobal('8.8.8.8'), isGlobal('2002:7f00:1::')); // prints true false
 * ```
 */
export function isGlobal(address: AddressLike | null | undefined): boolean {
  return classify(address) === 'global';
}

function find(bytes: Uint8Array): SpecialPurpose | null {
  const found = blocks(bytes.length === 4 ? 4 : 6).find(([network]) => samePrefix(network.bytes, bytes, network.prefix));
  return found === undefined ? null : found[1];
}
