import { expect, it } from 'vitest';
import { formatBytes, normalizeAddress } from '../src/address/index.js';

it.each([
  ['2001:0DB8:0:0:0:0:0:0001', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['0:0:1:1:1:1:0:0', '::1:1:1:1:0:0'],
  ['0:1:0:1:0:1:0:1', '0:1:0:1:0:1:0:1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::ffff:102:304', '::ffff:1.2.3.4'],
  ['::102:304', '::102:304'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ['FE80::1%Eth0', 'fe80::1%Eth0'],
  ['1.2.3.4', '1.2.3.4'],
])('%s is %s', (text, canonical) => {
  expect(normalizeAddress(text)).toBe(canonical);
});

it('refuses other lengths and texts', () => {
  expect(() => formatBytes(new Uint8Array(5))).toThrow(RangeError);
  expect(normalizeAddress('1.2.3')).toBe(null);
});
