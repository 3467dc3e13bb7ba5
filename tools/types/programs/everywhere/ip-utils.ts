// ---- [ours] sets of networks
import { contains, exclude, intersect, merge, overlaps, rangeToCidrs, type CIDR, type CIDRs } from '@netstrata/ip-utils/cidr';
const texts: string[] = merge(['10.0.0.0/24', '10.0.1.0/24']);
const parsed: CIDR[] = merge(texts, { as: 'parsed' });
const mixed: string[] = exclude([...parsed, '10.0.0.0/8'], '10.1.0.0/16');
const both: string[] = intersect(parsed, texts);
const list: readonly (string | CIDR)[] = ['::/0', parsed[0]];
const set: CIDRs = list;
const is: boolean = overlaps(set, '::1/128') || contains(list, '::1') || contains('10.0.0.0/8', parsed[0]);
const few: CIDR[] = rangeToCidrs('10.0.0.1', '10.0.0.4', { as: 'parsed' });
function networks(of: ReadonlySet<string>): string[] { return merge([...of]); }
networks(new Set(['::/0']));

// ---- [ours] what a network has
import {
  addresses, broadcast, firstHost, formatCIDR, lastHost, netmask, netmaskToPrefix, next, parseCIDR, parseInterface, previous, size, split, whyNotCIDR, wildcard,
  wildcardToPrefix, type CIDR,
} from '@netstrata/ip-utils/cidr';
import type { IPAddress } from '@netstrata/ip-utils/address';
const count: bigint = size('10.0.0.0/8') + 1n;
for (const half of split('10.0.0.0/8', 9)) half.length;
for (const half of split('10.0.0.0/8', 9, { as: 'parsed' })) half.prefix.toFixed();
for (const address of addresses('10.0.0.0/30', { as: 'parsed' })) address.bytes;
const all: string[] = [...addresses('10.0.0.0/30')];
const text: (string | null)[] = [broadcast('10.0.0.0/8'), firstHost('10.0.0.0/8'), lastHost('10.0.0.0/8'), next('10.0.0.0/8'), previous('10.0.0.0/8'), netmask(8), wildcard('10.0.0.0/8')];
const parsed: IPAddress | null = firstHost('10.0.0.0/8', { as: 'parsed' });
const after: CIDR | null = next('10.0.0.0/8', { as: 'parsed' });
const prefixes: (number | null)[] = [netmaskToPrefix('255.0.0.0'), wildcardToPrefix('0.255.255.255')];
const why: string | null = whyNotCIDR('10.0.0.0/08');
const cidr = parseCIDR('10.0.0.0/8', { strict: true });
if (cidr !== null) formatCIDR(cidr).trim();
const { address, network } = parseInterface('8.3.4.8/24') ?? { address: null, network: null };
const networksOfList: (string | null)[] = ['10.0.0.0/8'].map((one) => next(one));

// ---- [ours] addresses as numbers and names
import { add, compare, expand, fromBigInt, parseAddress, parseHostPort, parseReverseName, parseURLHost, reverseName, toBigInt, toURLHost, type AddressLike } from '@netstrata/ip-utils/address';
const number: bigint | null = toBigInt('::1');
const text: (string | null)[] = [fromBigInt(1n, 4), add('::1', 1), add('::1', 1n), expand('::1'), reverseName('::1'), parseReverseName('1.0.0.127.in-addr.arpa'), toURLHost('::1')];
const sorted: string[] = ['::1', '10.0.0.1'].sort(compare);
const likes: AddressLike[] = ['::1', new Uint8Array(4), parseAddress('::1')!];
const { host, port } = parseHostPort('[::1]:80')!;
const zone: string | null | undefined = parseURLHost('[fe80::1%25eth0]')?.zone;
const both: [string, number | null] = [host, port];

// ---- [ours] a map of networks
import { PrefixMap, type PrefixMatch } from '@netstrata/ip-utils/prefix-map';
interface Site { readonly name: string }
const sites = new PrefixMap<Site>();
sites.set('10.0.0.0/8', { name: 'Oslo' }).set('::/0', { name: 'all' });
const found: PrefixMatch<Site> | undefined = sites.lookup('10.0.0.1');
const name: string | undefined = sites.lookupValue('10.0.0.1')?.name ?? found?.value.name ?? sites.get('::/0')?.name;
const covering: string[] = sites.covering('10.0.0.1').map(({ cidr, value }) => `${cidr} ${value.name}`);
for (const [cidr, { name }] of sites) cidr.concat(name);
for (const [cidr, value] of sites.entries()) cidr.concat(value.name);
const all: [string, Site][] = [...sites];
const gone: boolean = sites.delete('::/0') || sites.has('::/0');
const copy: PrefixMap<Site> = PrefixMap.fromJSON<Site>(JSON.stringify(sites));
const same: PrefixMap<Site> = PrefixMap.fromJSON(sites.toJSON());
const numbers: PrefixMap<number> = new PrefixMap([['::/0', 1]]);
const ofMap = new PrefixMap(new Map([['::/0', true]]));
const flag: boolean | undefined = ofMap.get('::/0');
const again: number = new PrefixMap(sites).size;
sites.set('::/0', 1); // error

// ---- [ours] who asked
import { clientAddress, rateLimitKey, type ClientAddress, type ClientAddressOptions, type ClientRequest } from '@netstrata/ip-utils/client-address';
import { addressPolicy, publicOnly } from '@netstrata/ip-utils/policy';
const request: ClientRequest = { remoteAddress: '10.0.0.1', remotePort: 80, headers: { 'x-forwarded-for': ['::1', '::2'], Forwarded: 'for=::1', other: undefined } };
const trusts: ClientAddressOptions[] = [{ trust: 1 }, { trust: ['loopback', '10.0.0.0/8'], header: 'forwarded' }, { trust: 'private' }, { trust: { cidr: '10.0.0.0/8' } }];
const { address, port, hops }: ClientAddress = clientAddress(request, trusts[0]);
const key: string | null = rateLimitKey(address ?? '', { v4Prefix: 24, v6Prefix: 56 });
clientAddress({ remoteAddress: undefined, headers: new Map([['x-forwarded-for', '::1']]) }, { trust: addressPolicy({ allow: ['private'] }) });
const parts: [number | null, readonly string[]] = [port, hops];
publicOnly.check(address ?? '');

// ---- [ours] a socket that asked
import { clientAddress, rateLimitKey } from '@netstrata/ip-utils/client-address';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { classify } from '@netstrata/ip-utils/classify';
import { contains } from '@netstrata/ip-utils/cidr';
import { PrefixMap } from '@netstrata/ip-utils/prefix-map';
import * as net from 'net';
const counts = new Map<string | null, number>();
const sites = new PrefixMap<string>();
net.createServer((socket) => {
  const key = rateLimitKey(socket.remoteAddress);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  const { address } = clientAddress(socket);
  if (contains('10.0.0.0/8', socket.remoteAddress) || !publicOnly.check(socket.remoteAddress, socket.remotePort).allowed) socket.destroy();
  if (classify(socket.remoteAddress) !== 'private') sites.lookup(socket.remoteAddress)?.value.trim();
  if (address !== null) address.trim();
});

// ---- [ours] a policy
import { addressPolicy, publicOnly, type AddressPolicy, type AddressPolicyOptions, type AddressRule, type PolicyAnswer } from '@netstrata/ip-utils/policy';
const rules: AddressRule[] = [
  '10.0.0.0/8:5432', 'loopback', { cidr: '10.0.0.0/8', port: [1, 1023] }, { address: '::1', port: 443 }, { range: ['10.0.0.1', '10.0.0.9'] }, { class: 'private', port: [[80, 80], [443, 443]] },
];
const options: AddressPolicyOptions = { allow: rules, deny: ['10.9.0.0/16'], default: 'deny' };
const policy: AddressPolicy = addressPolicy(options);
const { allowed, rule }: PolicyAnswer = policy.check('10.1.2.3', 5432);
const internal = addressPolicy({ allow: [...publicOnly.allow, '10.0.0.5:8080-8089'] });
const copy = addressPolicy(publicOnly);
policy.check(new Uint8Array(16)).allowed;
const ports = [80, 443] as [number, number];
addressPolicy({ allow: [{ cidr: '10.0.0.0/8', port: ports }] });
addressPolicy({ allow: [{ cidr: '10.0.0.0/8', ports: 80 }] }); // error
addressPolicy({ allow: [{ class: 'privat' }] }); // error
addressPolicy({ default: 'maybe' }); // error

// ---- [ours] a lookup that a policy guards
import { publicOnly, type AddressPolicy } from '@netstrata/ip-utils/policy';
import * as net from 'net';
const guarded = (policy: AddressPolicy, lookup: net.LookupFunction): net.LookupFunction => (hostname, options, callback) => {
  lookup(hostname, options, (error, found, family) => {
    const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
    if (error === null && !addresses.every((address) => policy.check(address).allowed)) callback(new Error(`${hostname} is not public`), '', 0);
    else callback(error, found, family);
  });
};
net.connect({ port: 80, host: 'example.org', lookup: guarded(publicOnly, (_name, _options, done) => { done(null, '127.0.0.1', 4); }) });

// ---- [ours] what an address is
import { classify, embeddedAddresses, isGlobal, looseIPv4, specialPurpose, type AddressClass, type EmbeddedAddress, type SpecialPurpose } from '@netstrata/ip-utils/classify';
const kind: AddressClass | null = classify('::1');
const is: boolean = isGlobal('::1') || kind === 'site-local';
const block: SpecialPurpose | null = specialPurpose('::1');
const inside: EmbeddedAddress[] = embeddedAddresses('::ffff:10.0.0.1');
const loose: string | null = looseIPv4('127.1');
