import { parseCIDR, type CIDR } from '../cidr/index.js';

export const ADDRESS_CLASSES = [
  'unspecified', 'loopback', 'private', 'shared', 'link-local', 'unique-local', 'site-local', 'multicast', 'broadcast', 'documentation',
  'benchmarking', 'discard', 'reserved', 'global',
] as const;

/**
 * What an address is for. `global` is what may be expected to answer on the internet; everything else is not to be trusted with a fetch.
 */
export type AddressClass = (typeof ADDRESS_CLASSES)[number];

/** One block of the IANA special-purpose registries, or of the registries beside them. */
export interface SpecialPurpose {
  /** What its addresses are for. */
  readonly class: AddressClass;
  /** The block, `10.0.0.0/8`. */
  readonly cidr: string;
  /** Its name in the registry. */
  readonly name: string;
  /** Where it is defined. */
  readonly source: string;
  /** The title of the IANA registry that lists it. */
  readonly registry: string;
}

type Row = readonly [cidr: string, kind: AddressClass, name: string, source: string, registry?: string];

/** https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, in which most blocks are. */
const SPECIAL = { 4: 'IANA IPv4 Special-Purpose Address Registry', 6: 'IANA IPv6 Special-Purpose Address Registry' } as const;
/** https://www.iana.org/assignments/multicast-addresses */
const MULTICAST = 'IPv4 Multicast Address Space Registry';
/** https://www.iana.org/assignments/ipv6-address-space */
const SPACE = 'Internet Protocol Version 6 Address Space';

const IPV4: readonly Row[] = [
  ['0.0.0.0/32', 'unspecified', 'This host on this network', 'RFC 1122'],
  ['0.0.0.0/8', 'reserved', 'This network', 'RFC 791'],
  ['10.0.0.0/8', 'private', 'Private-Use', 'RFC 1918'],
  ['100.64.0.0/10', 'shared', 'Shared Address Space', 'RFC 6598'],
  ['127.0.0.0/8', 'loopback', 'Loopback', 'RFC 1122'],
  ['169.254.0.0/16', 'link-local', 'Link Local', 'RFC 3927'],
  ['172.16.0.0/12', 'private', 'Private-Use', 'RFC 1918'],
  ['192.0.0.9/32', 'global', 'Port Control Protocol Anycast', 'RFC 7723'],
  ['192.0.0.10/32', 'global', 'Traversal Using Relays around NAT Anycast', 'RFC 8155'],
  ['192.0.0.0/24', 'reserved', 'IETF Protocol Assignments', 'RFC 6890'],
  ['192.0.2.0/24', 'documentation', 'Documentation (TEST-NET-1)', 'RFC 5737'],
  ['192.31.196.0/24', 'global', 'AS112-v4', 'RFC 7535'],
  ['192.52.193.0/24', 'global', 'AMT', 'RFC 7450'],
  ['192.88.99.0/24', 'reserved', 'Deprecated (6to4 Relay Anycast)', 'RFC 7526'],
  ['192.168.0.0/16', 'private', 'Private-Use', 'RFC 1918'],
  ['192.175.48.0/24', 'global', 'Direct Delegation AS112 Service', 'RFC 7534'],
  ['198.18.0.0/15', 'benchmarking', 'Benchmarking', 'RFC 2544'],
  ['198.51.100.0/24', 'documentation', 'Documentation (TEST-NET-2)', 'RFC 5737'],
  ['203.0.113.0/24', 'documentation', 'Documentation (TEST-NET-3)', 'RFC 5737'],
  ['224.0.0.0/4', 'multicast', 'Multicast', 'RFC 5771', MULTICAST],
  ['255.255.255.255/32', 'broadcast', 'Limited Broadcast', 'RFC 919'],
  ['240.0.0.0/4', 'reserved', 'Reserved', 'RFC 1112'],
];

const IPV6: readonly Row[] = [
  ['::/128', 'unspecified', 'Unspecified Address', 'RFC 4291'],
  ['::1/128', 'loopback', 'Loopback Address', 'RFC 4291'],
  ['::/96', 'reserved', 'IPv4-compatible (deprecated)', 'RFC 4291', SPACE],
  ['::ffff:0:0/96', 'reserved', 'IPv4-mapped Address', 'RFC 4291'],
  ['64:ff9b::/96', 'global', 'IPv4-IPv6 Translation', 'RFC 6052'],
  ['64:ff9b:1::/48', 'private', 'IPv4-IPv6 Translation, local use', 'RFC 8215'],
  ['100::/64', 'discard', 'Discard-Only Address Block', 'RFC 6666'],
  ['100:0:0:1::/64', 'reserved', 'Dummy IPv6 Prefix', 'RFC 9780'],
  ['2001::/32', 'reserved', 'TEREDO', 'RFC 4380'],
  ['2001:1::1/128', 'global', 'Port Control Protocol Anycast', 'RFC 7723'],
  ['2001:1::2/128', 'global', 'Traversal Using Relays around NAT Anycast', 'RFC 8155'],
  ['2001:1::3/128', 'global', 'DNS-SD Service Registration Protocol Anycast', 'RFC 9665'],
  ['2001:2::/48', 'benchmarking', 'Benchmarking', 'RFC 5180'],
  ['2001:3::/32', 'global', 'AMT', 'RFC 7450'],
  ['2001:4:112::/48', 'global', 'AS112-v6', 'RFC 7535'],
  ['2001:10::/28', 'reserved', 'Deprecated (ORCHID)', 'RFC 4843'],
  ['2001:20::/28', 'global', 'ORCHIDv2', 'RFC 7343'],
  ['2001:30::/28', 'global', 'Drone Remote ID Protocol Entity Tags', 'RFC 9374'],
  ['2001::/23', 'reserved', 'IETF Protocol Assignments', 'RFC 2928'],
  ['2001:db8::/32', 'documentation', 'Documentation', 'RFC 3849'],
  ['2002::/16', 'global', '6to4', 'RFC 3056'],
  ['2620:4f:8000::/48', 'global', 'Direct Delegation AS112 Service', 'RFC 7534'],
  ['3fff::/20', 'documentation', 'Documentation', 'RFC 9637'],
  ['2000::/3', 'global', 'Global Unicast', 'RFC 4291', SPACE],
  ['5f00::/16', 'reserved', 'Segment Routing (SRv6) SIDs', 'RFC 9602'],
  ['fc00::/7', 'unique-local', 'Unique-Local', 'RFC 4193'],
  ['fe80::/10', 'link-local', 'Link-Local Unicast', 'RFC 4291'],
  ['fec0::/10', 'site-local', 'Site-Local (deprecated)', 'RFC 3879', SPACE],
  ['ff00::/8', 'multicast', 'Multicast', 'RFC 4291', SPACE],
  ['::/0', 'reserved', 'Reserved by IETF', 'RFC 4291', SPACE],
];

export type Entry = readonly [network: CIDR, purpose: SpecialPurpose];

function table(rows: readonly Row[], version: 4 | 6): readonly Entry[] {
  return rows.map(([cidr, kind, name, source, registry = SPECIAL[version]]) => {
    return [parseCIDR(cidr)!, Object.freeze({ class: kind, cidr, name, source, registry })];
  });
}

let ipv4: readonly Entry[] | undefined;
let ipv6: readonly Entry[] | undefined;

/** The blocks of one version, the first that holds an address being the right one. Built when first needed. */
export function blocks(version: 4 | 6): readonly Entry[] {
  return version === 4 ? (ipv4 ??= table(IPV4, 4)) : (ipv6 ??= table(IPV6, 6));
}
