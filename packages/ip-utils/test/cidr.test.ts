import net from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatBytes } from '../src/address/index.js';
import { cidrBounds, cidrContains, cidrOverlaps, formatCIDR, parseCIDR } from '../src/cidr/index.js';
import { ipv4, shortIPv6 } from './support/arbitraries.js';

it.each([
  ['10.1.2.3/8', '10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
  ['1.2.3.4/32', '1.2.3.4/32', '1.2.3.4', '1.2.3.4'],
  ['1.2.3.4/0', '0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
  ['1.2.3.255/31', '1.2.3.254/31', '1.2.3.254', '1.2.3.255'],
  ['2001:db8:ffff::/33', '2001:db8:8000::/33', '2001:db8:8000::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['::ffff:1.2.3.4/96', '::ffff:0.0.0.0/96', '::ffff:0.0.0.0', '::ffff:255.255.255.255'],
])('%s is %s, from %s to %s', (text, canonical, first, last) => {
  expect(formatCIDR(parseCIDR(text)!)).toBe(canonical);
  const bounds = cidrBounds(text);
  expect([formatBytes(bounds.first), formatBytes(bounds.last)]).toEqual([first, last]);
});

it.each(['', '/8', '10.0.0.0', '10.0.0.0/', '10/8', '10.0.0.0/33', '::/129', '::/1000', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/8 ', '10.0.0.0/8/8', '10.0.0.0/255.0.0.0', 'fe80::%lo/64', '10.0.0.0/٨', '10.0.0.0/1e1', '10.0.0.0/:', '10.0.0.0/1:', '10.0.0.0//', '10.0.0.0/0/', '10.0.0.0/a', '10.0.0.0/ ', '10.0.0.0/00', '10.0.0.0/0008'])('%j is no network', (text) => {
  expect(parseCIDR(text)).toBe(null);
  expect(() => cidrContains(text, '1.2.3.4')).toThrow(expect.objectContaining({
    code: 'ERR_INVALID_ARG_VALUE', name: 'TypeError',
    message: expect.stringContaining(`The argument 'cidr' must be an address and a prefix length (e.g. "10.0.0.0/8"). Received `) as unknown,
  }));
});

it('contains what BlockList.addSubnet of node:net covers', () => {
  const cases = fc.oneof(
    fc.tuple(ipv4, ipv4, fc.nat(32), fc.constant('ipv4' as const)),
    fc.tuple(shortIPv6, shortIPv6, fc.nat(128), fc.constant('ipv6' as const)),
  );
  fc.assert(fc.property(cases, fc.boolean(), ([network, other, prefix, family], self) => {
    const list = new net.BlockList();
    list.addSubnet(network, prefix, family);
    const address = self ? network : other;
    expect(cidrContains(`${network}/${prefix}`, address)).toBe(list.check(address, family));
  }), { numRuns: 3000 });
});

it('keeps families apart and takes bytes', () => {
  expect(cidrContains('10.0.0.0/8', '::ffff:10.0.0.1')).toBe(false);
  expect(cidrContains('::/0', '10.0.0.1')).toBe(false);
  // The same bytes, as far as the shorter goes.
  expect(cidrContains('10.0.0.0/8', 'a00::')).toBe(false);
  expect(cidrOverlaps('10.0.0.0/8', 'a00::/8')).toBe(false);
  expect(cidrContains('10.0.0.0/8', Uint8Array.of(10, 9, 8, 7))).toBe(true);
  expect(cidrContains('fe80::/10', 'fe80::1%eth0')).toBe(true);
  expect(cidrContains('10.0.0.0/8', 'nonsense')).toBe(false);
});

it('two networks overlap when one holds the other', () => {
  expect(cidrOverlaps('10.0.0.0/8', '10.9.0.0/16')).toBe(true);
  expect(cidrOverlaps('10.9.0.0/16', '10.0.0.0/8')).toBe(true);
  expect(cidrOverlaps('10.0.0.0/9', '10.128.0.0/9')).toBe(false);
  expect(cidrOverlaps('::/0', '0.0.0.0/0')).toBe(false);
});
