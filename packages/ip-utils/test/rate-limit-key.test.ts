import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatBytes } from '../src/address/index.js';
import { cidrContains, parseCIDR } from '../src/cidr/index.js';
import { rateLimitKey } from '../src/client-address/index.js';

it.each([
  ['1.2.3.4', {}, '1.2.3.4'],
  ['::ffff:1.2.3.4', {}, '1.2.3.4'],
  ['::ffff:102:304', { v6Prefix: 48 }, '1.2.3.4'],
  ['2001:DB8:1:2:3:4:5:6', {}, '2001:db8:1:2::/64'],
  ['2001:db8:1:2:3:4:5:6', { v6Prefix: 64 }, '2001:db8:1:2::/64'],
  ['2001:db8:1:2ff:3:4:5:6', { v6Prefix: 56 }, '2001:db8:1:200::/56'],
  ['2001:db8::1', { v6Prefix: 128 }, '2001:db8::1'],
  ['2001:db8::1', { v6Prefix: 0 }, '::/0'],
  ['fe80::1:2%eth0', {}, 'fe80::/64'],
  ['fe80::1:2%eth0', { v6Prefix: 128 }, 'fe80::1:2'],
  ['1.2.3.4', { v4Prefix: 24 }, '1.2.3.0/24'],
  ['::ffff:1.2.3.4', { v4Prefix: 24 }, '1.2.3.0/24'],
])('%s with %j is %s', (address, options, key) => {
  expect(rateLimitKey(address, options)).toBe(key);
});

it('takes bytes and parsed addresses', () => {
  expect(rateLimitKey(Uint8Array.of(1, 2, 3, 4))).toBe('1.2.3.4');
  expect(rateLimitKey({ version: 4, bytes: Uint8Array.of(1, 2, 3, 4), zone: null })).toBe('1.2.3.4');
});

it('is null for what is no address', () => {
  for (const none of [undefined, null, '', 'unknown', '1.2.3', '1.2.3.4:80', '[::1]', new Uint8Array(5), 5, {}]) expect(rateLimitKey(none as never)).toBe(null);
});

it('is the network of the address, one for all in it', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(127), fc.nat(127), (bytes, prefix, flip) => {
    // Not an IPv4-mapped one.
    bytes[0] |= 1;
    const key = rateLimitKey(bytes, { v6Prefix: prefix })!;
    expect(cidrContains(key, bytes)).toBe(true);
    expect(parseCIDR(key, { strict: true })?.prefix).toBe(prefix);
    const other = bytes.slice();
    other[flip >> 3] ^= 0x80 >> (flip & 7);
    other[0] |= 1;
    expect(rateLimitKey(formatBytes(other), { v6Prefix: prefix }) === key).toBe(cidrContains(key, other));
  }));
});

it.each([[{ v6Prefix: 129 }, 'ERR_OUT_OF_RANGE'], [{ v6Prefix: -1 }, 'ERR_OUT_OF_RANGE'], [{ v4Prefix: 33 }, 'ERR_OUT_OF_RANGE'], [{ v6Prefix: '64' }, 'ERR_INVALID_ARG_TYPE'], [null, 'ERR_INVALID_ARG_TYPE']])('%j is refused', (options, code) => {
  expect(() => rateLimitKey('1.2.3.4', options as never)).toThrow(expect.objectContaining({ code }));
});
