import { expect, it } from 'vitest';
import fc from 'fast-check';
import { compareBytes, formatAddress, parseAddress, parseIPv4, parseIPv6 } from '../src/address/index.js';

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');

it.each([
  ['1.2.3.4', '01020304', null],
  ['255.0.10.255', 'ff000aff', null],
  ['::', '0'.repeat(32), null],
  ['1::', `0001${'0'.repeat(28)}`, null],
  ['::8', `${'0'.repeat(31)}8`, null],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000', null],
  ['::2:3:4:5:6:7:8', '00000002000300040005000600070008', null],
  ['2001:db8::8a2e:370:7334%eth-0.1', '20010db80000000000008a2e03707334', 'eth-0.1'],
  ['1:2::3:1.2.3.4', '00010002000000000000000301020304', null],
  ['1:2:3:4:5:6:1.2.3.4', '00010002000300040005000601020304', null],
])('parses %s', (text, bytes, zone) => {
  const address = parseAddress(text);
  expect(hex(address?.bytes)).toBe(bytes);
  expect(address?.zone).toBe(zone);
});

it('keeps the families apart', () => {
  expect(parseIPv4('::1')).toBe(null);
  expect(parseIPv6('1.2.3.4')).toBe(null);
  expect(parseAddress('127.1')).toBe(null);
});

it('bytes survive formatting and parsing', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const sparse = fc.array(fc.constantFrom(0, 0, 0, 0xff, 1), { minLength: 16, maxLength: 16 }).map((list) => Uint8Array.from(list));
  fc.assert(fc.property(fc.oneof(bytes(4), bytes(16), sparse), (value) => {
    const text = formatAddress({ version: value.length === 4 ? 4 : 6, bytes: value, zone: null });
    expect(parseAddress(text)?.bytes).toEqual(value);
  }), { numRuns: 2000 });
});

it('orders bytes, IPv4 before IPv6', () => {
  const list = ['::1', '10.0.0.2', '::', '9.255.255.255'].map((text) => parseAddress(text)!.bytes);
  expect(list.sort(compareBytes).map(hex)).toEqual(['09ffffff', '0a000002', '0'.repeat(32), `${'0'.repeat(31)}1`]);
});
