import { expect, it } from 'vitest';
import { formatBytes, parseAddress } from '../src/address/index.js';
import { cidrBounds } from '../src/cidr/index.js';
import { classify, embeddedAddresses, isGlobal, specialPurpose } from '../src/classify/index.js';

it.each([
  ['0.0.0.0', 'unspecified'], ['0.0.0.1', 'reserved'], ['0.255.255.255', 'reserved'], ['1.0.0.0', 'global'],
  ['9.255.255.255', 'global'], ['10.0.0.0', 'private'], ['10.255.255.255', 'private'], ['11.0.0.0', 'global'],
  ['100.63.255.255', 'global'], ['100.64.0.0', 'shared'], ['100.127.255.255', 'shared'], ['100.128.0.0', 'global'],
  ['127.0.0.0', 'loopback'], ['127.255.255.255', 'loopback'], ['128.0.0.0', 'global'],
  ['169.253.255.255', 'global'], ['169.254.169.254', 'link-local'], ['169.255.0.0', 'global'],
  ['172.15.255.255', 'global'], ['172.16.0.0', 'private'], ['172.31.255.255', 'private'], ['172.32.0.0', 'global'],
  ['192.0.0.8', 'reserved'], ['192.0.0.9', 'global'], ['192.0.0.10', 'global'], ['192.0.0.170', 'reserved'], ['192.0.1.0', 'global'], ['192.0.2.1', 'documentation'],
  ['192.88.99.1', 'reserved'], ['192.167.255.255', 'global'], ['192.168.0.0', 'private'], ['192.169.0.0', 'global'],
  ['198.17.255.255', 'global'], ['198.18.0.0', 'benchmarking'], ['198.19.255.255', 'benchmarking'], ['198.20.0.0', 'global'],
  ['198.51.100.9', 'documentation'], ['203.0.113.9', 'documentation'], ['223.255.255.255', 'global'], ['224.0.0.1', 'multicast'], ['239.255.255.255', 'multicast'],
  ['240.0.0.0', 'reserved'], ['255.255.255.254', 'reserved'], ['255.255.255.255', 'broadcast'], ['8.8.8.8', 'global'],
  ['::', 'unspecified'], ['::1', 'loopback'], ['::2', 'reserved'], ['100::1', 'discard'], ['100:0:0:1::', 'reserved'], ['2001::1', 'reserved'], ['2001:1::1', 'global'], ['2001:1::4', 'reserved'],
  ['2001:2::1', 'benchmarking'], ['2001:db8::1', 'documentation'], ['3fff:fff::', 'documentation'], ['3fff:1000::', 'global'], ['2606:4700::1111', 'global'], ['4000::', 'reserved'],
  ['fbff::', 'reserved'], ['fc00::', 'unique-local'], ['fdff::1', 'unique-local'], ['fe00::', 'reserved'], ['fe80::1', 'link-local'], ['fe80::1%eth0', 'link-local'], ['febf::1', 'link-local'], ['fec0::1', 'site-local'], ['feff:ffff::', 'site-local'], ['ff02::1', 'multicast'],
  ['64:ff9b:1::1', 'private'], ['5f00::1', 'reserved'],
])('%s is %s', (text, kind) => {
  expect(classify(text)).toBe(kind);
  expect(isGlobal(text)).toBe(kind === 'global');
});

it.each(['10.0.0.1', '127.0.0.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1', '0.0.0.0', '8.8.8.8'])('sees %s through every embedding', (text) => {
  const [a, b, c, d] = text.split('.').map(Number) as [number, number, number, number];
  const kind = classify(text);
  expect(classify(`::ffff:${text}`)).toBe(kind);
  expect(classify(`64:ff9b::${text}`)).toBe(kind);
  expect(classify(`2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::1`)).toBe(kind);
  // `::0.0.0.0` is the unspecified address; IPv4-compatible addresses are never global.
  expect(classify(`::${text}`)).toBe(kind === 'global' ? 'reserved' : kind);
});

it('takes bytes and parsed addresses', () => {
  expect(classify(Uint8Array.of(10, 0, 0, 1))).toBe('private');
  expect(classify(parseAddress('fe80::1%lo'))).toBe('link-local');
});

it.each(['', 'localhost', '127.1', '1.2.3.4 ', '[::1]'])('gives null for %j', (text) => {
  expect(classify(text)).toBe(null);
  expect(specialPurpose(text)).toBe(null);
  expect(isGlobal(text)).toBe(false);
});

it('gives null for bytes of another length', () => {
  expect(classify(new Uint8Array(5))).toBe(null);
});

it('names the registered block, whose bounds are in it', () => {
  const block = specialPurpose('192.168.4.5')!;
  expect(block).toEqual({ class: 'private', cidr: '192.168.0.0/16', name: 'Private-Use', source: 'RFC 1918', registry: 'IANA IPv4 Special-Purpose Address Registry' });
  const { first, last } = cidrBounds(block.cidr);
  expect([specialPurpose(first), specialPurpose(formatBytes(last))]).toEqual([block, block]);
  expect(specialPurpose('8.8.8.8')).toBe(null);
});

it.each([
  // No tunnel makes a special address global, and no public server or client makes the tunnel global.
  ['2001:470::5efe:10.0.0.1', 'private'], ['2001:470::200:5efe:127.0.0.1', 'loopback'], ['2001:470::5efe:8.8.8.8', 'global'], ['fe80::5efe:10.0.0.1', 'link-local'], ['2001:470::5efe:0.1.2.3', 'reserved'],
  ['2001:0:808:808::f5ff:fffe', 'private'], ['2001:0:808:808::f7f7:f7f7', 'reserved'], ['2001:0:a00:1::f7f7:f7f7', 'reserved'],
  ['64:ff9b:1::10.0.0.1', 'private'], ['64:ff9b:1::127.0.0.1', 'loopback'], ['64:ff9b:1::8.8.8.8', 'private'], ['64:ff9b:1:a9fe:a9:fe00::', 'link-local'],
  ['2002:808:808::5efe:10.0.0.1', 'private'], ['2002:808:808::1', 'global'], ['64:ff9b::8.8.8.8', 'global'],
])('%s is %s', (text, kind) => {
  expect(classify(text)).toBe(kind);
  expect(isGlobal(text)).toBe(kind === 'global');
});

it('tells what is embedded', () => {
  expect(embeddedAddresses('2001:470::5efe:10.0.0.1')).toEqual([{ embedding: 'isatap', address: '10.0.0.1', class: 'private' }]);
  expect(embeddedAddresses('2001:0:4136:e378:8000:63bf:3fff:fdd2')).toEqual([
    { embedding: 'teredo', address: '192.0.2.45', class: 'documentation' },
    { embedding: 'teredo', address: '65.54.227.120', class: 'global' },
  ]);
  expect(embeddedAddresses('64:ff9b:1::10.0.0.1')[0]).toEqual({ embedding: 'nat64', address: '10.0.0.1', class: 'private' });
  for (const none of ['10.0.0.1', '2606:4700::1111', 'localhost', undefined, Symbol('a')]) expect(embeddedAddresses(none as never)).toEqual([]);
});

it('tells the registry of each block', () => {
  const registries = ['10.0.0.1', '224.0.0.1', '::1', 'fec0::1', '2606:4700::1111', 'ff02::1'].map((text) => specialPurpose(text)!.registry);
  expect(registries).toEqual([
    'IANA IPv4 Special-Purpose Address Registry', 'IPv4 Multicast Address Space Registry', 'IANA IPv6 Special-Purpose Address Registry',
    'Internet Protocol Version 6 Address Space', 'Internet Protocol Version 6 Address Space', 'Internet Protocol Version 6 Address Space',
  ]);
});
