import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAddress, normalizeAddress, parseAddress } from '../src/address/index.js';
import { addresses, broadcast, firstHost, formatCIDR, lastHost, netmask, netmaskToPrefix, next, parseCIDR, parseInterface, previous, size, split, whyNotCIDR, wildcard, wildcardToPrefix } from '../src/cidr/index.js';
import { anyNet, bitsOf, first, last, netText, smallNet, textOf, version, type Net } from './support/oracle.js';

const canonical = (net: Net) => formatCIDR(parseCIDR(netText(net))!);
const text = (net: Net, value: bigint) => normalizeAddress(textOf(net.version, value));
const isAny = (run: (net: Net) => void) => fc.assert(fc.property(anyNet, run), { numRuns: 1000 });

it('size, next and previous', () => {
  isAny((net) => {
    const count = last(net) - first(net) + 1n;
    expect(size(netText(net))).toBe(count);
    const end = 2n ** BigInt(bitsOf(net.version));
    expect(next(netText(net))).toBe(last(net) + 1n === end ? null : canonical({ ...net, value: last(net) + 1n }));
    expect(previous(netText(net))).toBe(first(net) === 0n ? null : canonical({ ...net, value: first(net) - 1n }));
  });
  expect(size('0.0.0.0/0')).toBe(4_294_967_296n);
  expect(size('::/0')).toBe(2n ** 128n);
  expect(next('::/0')).toBe(null);
  expect(next('10.0.0.0/8', { as: 'parsed' })).toEqual({ version: 4, bytes: Uint8Array.of(11, 0, 0, 0), prefix: 8 });
});

it('the hosts of a network, and its broadcast address', () => {
  isAny((net) => {
    const count = last(net) - first(net) + 1n;
    const hasBroadcast = net.version === 4 && count > 2n;
    expect(broadcast(netText(net))).toBe(hasBroadcast ? text(net, last(net)) : null);
    expect(firstHost(netText(net))).toBe(text(net, count > 2n ? first(net) + 1n : first(net)));
    expect(lastHost(netText(net))).toBe(text(net, hasBroadcast ? last(net) - 1n : last(net)));
  });
});

it.each([
  ['192.168.1.77/24', '192.168.1.1', '192.168.1.254', '192.168.1.255'],
  ['192.168.1.4/30', '192.168.1.5', '192.168.1.6', '192.168.1.7'],
  // RFC 3021: both addresses of a /31 are hosts.
  ['192.168.1.4/31', '192.168.1.4', '192.168.1.5', null],
  ['192.168.1.4/32', '192.168.1.4', '192.168.1.4', null],
  ['0.0.0.0/0', '0.0.0.1', '255.255.255.254', '255.255.255.255'],
  ['2001:db8::/64', '2001:db8::1', '2001:db8::ffff:ffff:ffff:ffff', null],
  ['2001:db8::/127', '2001:db8::', '2001:db8::1', null],
  ['2001:db8::/128', '2001:db8::', '2001:db8::', null],
])('hosts of %s are %s to %s, its broadcast address is %s', (cidr, from, to, all) => {
  expect([firstHost(cidr), lastHost(cidr), broadcast(cidr)]).toEqual([from, to, all]);
  expect(firstHost(cidr, { as: 'parsed' })).toEqual(parseAddress(from));
});

it('masks, and back', () => {
  isAny((net) => {
    const all = 2n ** BigInt(bitsOf(net.version)) - 1n;
    const wild = last(net) - first(net);
    expect(netmask(netText(net))).toBe(text(net, all - wild));
    expect(wildcard(netText(net))).toBe(text(net, wild));
    expect(netmaskToPrefix(netmask(netText(net)))).toBe(net.prefix);
    expect(wildcardToPrefix(wildcard(netText(net), { as: 'parsed' }))).toBe(net.prefix);
  });
  expect([netmask(24), wildcard(24), netmask(0), netmask(32), wildcard('10.0.0.0/31')]).toEqual(['255.255.255.0', '0.0.0.255', '0.0.0.0', '255.255.255.255', '0.0.0.1']);
  expect([netmaskToPrefix('255.255.255.0'), netmaskToPrefix('0.0.0.0'), netmaskToPrefix('255.255.255.255'), wildcardToPrefix('0.0.0.255'), wildcardToPrefix('0.0.0.0')]).toEqual([24, 0, 32, 24, 32]);
  for (const none of ['255.0.255.0', '0.0.0.255', '255.255.255.1', '24', '', '255.255.255', '0xffffff00', undefined, Symbol('a')]) expect([none, netmaskToPrefix(none as never)]).toEqual([none, null]);
  for (const none of ['255.255.255.0', '0.0.255.0', '0.0.0.2', undefined]) expect(wildcardToPrefix(none as never)).toBe(null);
  for (const number of [33, -1, 1.5, Number.NaN]) expect(() => netmask(number)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
});

it('a network is split into those of a longer prefix, and has its addresses, in order', () => {
  fc.assert(fc.property(version.chain(smallNet), fc.nat(7), (net, more) => {
    const prefix = Math.min(net.prefix + more, bitsOf(net.version));
    const parts: string[] = [];
    for (let value = first(net); value <= last(net); value += 2n ** BigInt(bitsOf(net.version) - prefix)) parts.push(canonical({ ...net, value, prefix }));
    expect([...split(netText(net), prefix)]).toEqual(parts);
    const all: (string | null)[] = [];
    for (let value = first(net); value <= last(net); value++) all.push(text(net, value));
    expect([...addresses(netText(net))]).toEqual(all);
  }), { numRuns: 500 });
  expect([...split('10.0.0.0/31', 32, { as: 'parsed' })].map(formatCIDR)).toEqual(['10.0.0.0/32', '10.0.0.1/32']);
  expect([...addresses('10.0.0.0/31', { as: 'parsed' })].map(formatAddress)).toEqual(['10.0.0.0', '10.0.0.1']);
});

it('is lazy: ::/0 has 2 ** 64 networks of /64, and nobody waits for them', () => {
  const parts = split('::/0', 64);
  expect([parts.next().value, parts.next().value, parts.next().value]).toEqual(['::/64', '0:0:0:1::/64', '0:0:0:2::/64']);
  for (const address of addresses('8000::/1')) {
    expect(address).toBe('8000::');
    break;
  }
});

it('refuses at the call, not at the first step', () => {
  for (const prefix of [7, 33, 8.5, -1]) expect(() => split('10.0.0.0/8', prefix)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
  expect(() => split('10.0.0.0/8', '9' as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  expect(() => addresses('10.0.0.0/33')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  expect(() => addresses('10.0.0.0/8', { as: 'bytes' as never })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
});

it('the address as written and its network are two things; a strict parse refuses host bits', () => {
  const { address, network } = parseInterface('8.3.4.8/24')!;
  expect([formatAddress(address), formatCIDR(network)]).toEqual(['8.3.4.8', '8.3.4.0/24']);
  expect(parseCIDR('8.3.4.8/24', { strict: true })).toBe(null);
  expect(formatCIDR(parseCIDR('8.3.4.0/24', { strict: true })!)).toBe('8.3.4.0/24');
  expect(['8.3.4.8/24', '2001:db8::1/64'].map((one) => formatCIDR(parseCIDR(one)!))).toEqual(['8.3.4.0/24', '2001:db8::/64']);
  expect(() => parseCIDR('8.3.4.0/24', { strict: 'yes' as never })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  for (const none of ['8.3.4.8', '8.3.4.8/33', 'fe80::1%eth0/64', undefined, 5]) expect(parseInterface(none as never)).toBe(null);
  // An index is no options.
  expect(['10.0.0.1/8', '11.0.0.1/8'].map(parseCIDR)).not.toContain(null);
});

it.each([
  ['1.1.1.1/50000000', 'has a prefix length that is not 0 to 32'], ['::/129', 'has a prefix length that is not 0 to 128'],
  ['10.0.0.0/-1', 'has a prefix length that is not a decimal number'], ['10.0.0.0/08', 'has a prefix length with a leading zero'], ['10.0.0.0/', 'has nothing after the slash'],
  ['10.0.0.0', 'has no prefix length'], ['127.0.10/24', 'does not begin with an IP address'], ['192.168/16', 'does not begin with an IP address'], ['/8', 'does not begin with an IP address'],
  ['fe80::1%a/64', 'has a zone, and networks have none'],
])('%s %s', (cidr, reason) => {
  expect(parseCIDR(cidr)).toBe(null);
  expect(whyNotCIDR(cidr)).toBe(reason);
});

it('whyNotCIDR has a reason for everything that parseCIDR refuses, and for nothing else', () => {
  const piece = fc.constantFrom('1', '0', '10.0.0.0', '::', 'fe80::1', '%a', '/', '8', '08', '-1', '129', '1e1', ' ', '٨');
  fc.assert(fc.property(fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')), (cidr) => {
    expect(whyNotCIDR(cidr) === null).toBe(parseCIDR(cidr) !== null);
  }), { numRuns: 5000 });
  expect(whyNotCIDR(Symbol('a') as never)).toBe('is no text');
});
