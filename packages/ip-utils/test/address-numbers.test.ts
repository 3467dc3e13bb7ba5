import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, compare, expand, formatAddress, fromBigInt, normalizeAddress, parseAddress, toBigInt } from '../src/address/index.js';
import { ip } from './support/arbitraries.js';
import { bitsOf, textOf, valueOf, version } from './support/oracle.js';

const any = version.chain((of) => fc.tuple(fc.constant(of), fc.oneof(fc.bigInt(0n, 2n ** BigInt(bitsOf(of)) - 1n), fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** BigInt(bitsOf(of)) - 1n))));
const none = ['', 'localhost', '127.1', '1.2.3.4/8', '[::1]', undefined, null, 5, 5n, {}, Symbol('a'), new Uint8Array(3), '1'.repeat(1e6)] as never[];

it('an address is a number, and back', () => {
  fc.assert(fc.property(any, ([of, value]) => {
    const text = textOf(of, value);
    expect(toBigInt(text)).toBe(value);
    expect(toBigInt(parseAddress(text))).toBe(value);
    expect(toBigInt(parseAddress(text)!.bytes)).toBe(value);
    expect(fromBigInt(value, of)).toBe(normalizeAddress(text));
    expect(valueOf(fromBigInt(value, of)!)).toEqual({ version: of, value });
  }), { numRuns: 2000 });
  expect([toBigInt('10.0.0.1'), toBigInt('::1'), toBigInt('::ffff:1.2.3.4')]).toEqual([167_772_161n, 1n, 0xffff_0102_0304n]);
  expect([fromBigInt(1n, 4), fromBigInt(1n, 6), fromBigInt(2n ** 32n, 4), fromBigInt(-1n, 6), fromBigInt(2n ** 128n, 6)]).toEqual(['0.0.0.1', '::1', null, null, null]);
});

it('adds and subtracts, and does not wrap around', () => {
  fc.assert(fc.property(any, fc.oneof(fc.bigInt(-(2n ** 129n), 2n ** 129n), fc.integer().map(BigInt)), ([of, value], n) => {
    const sum = value + n;
    const isThere = sum >= 0n && sum < 2n ** BigInt(bitsOf(of));
    expect(add(textOf(of, value), n)).toBe(isThere ? normalizeAddress(textOf(of, sum)) : null);
    if (Number.isSafeInteger(Number(n))) expect(add(textOf(of, value), Number(n))).toBe(add(textOf(of, value), n));
  }), { numRuns: 2000 });
  expect([add('10.0.0.255', 1), add('10.0.1.0', -1), add('255.255.255.255', 1), add('0.0.0.0', -1), add('::', 1n << 64n), add('fe80::1%eth0', 1), add(Uint8Array.of(1, 2, 3, 4), 1)])
    .toEqual(['10.0.1.0', '10.0.0.255', null, null, '0:0:0:1::', 'fe80::2%eth0', '1.2.3.5']);
});

it('compares by numbers', () => {
  fc.assert(fc.property(any, any, ([v1, a], [v2, b]) => {
    expect(Math.sign(compare(textOf(v1, a), textOf(v2, b)))).toBe(v1 === v2 ? (a < b ? -1 : a > b ? 1 : 0) : Math.sign(v1 - v2));
  }));
  expect(['::', '10.0.0.10', '10.0.0.9', '9.0.0.0', 'A::', 'b::'].sort(compare)).toEqual(['9.0.0.0', '10.0.0.9', '10.0.0.10', '::', 'A::', 'b::']);
  expect(compare('2001:DB8::1', '2001:db8:0:0:0:0:0:1%a')).toBe(0);
});

it('expands', () => {
  fc.assert(fc.property(ip, (text) => {
    const full = expand(text)!;
    expect(normalizeAddress(full)).toBe(normalizeAddress(text));
    if (text.includes(':')) expect(full.split('%')[0]).toMatch(/^[\da-f]{4}(:[\da-f]{4}){7}$/);
  }), { numRuns: 1000 });
  expect([expand('2001:db8::1'), expand('::ffff:1.2.3.4'), expand('fe80::1%eth0'), expand('1.2.3.4'), expand(new Uint8Array(16))]).toEqual([
    '2001:0db8:0000:0000:0000:0000:0000:0001', '0000:0000:0000:0000:0000:ffff:0102:0304', 'fe80:0000:0000:0000:0000:0000:0000:0001%eth0', '1.2.3.4',
    '0000:0000:0000:0000:0000:0000:0000:0000',
  ]);
});

it('writes IPv4 inside IPv6 when asked', () => {
  fc.assert(fc.property(ip, (text) => {
    const dotted = normalizeAddress(text, { dotted: true })!;
    expect(normalizeAddress(dotted)).toBe(normalizeAddress(text));
    expect(dotted.split('%')[0]).toMatch(/\d+\.\d+\.\d+\.\d+$/);
  }), { numRuns: 2000 });
  const asked = (text: string) => formatAddress(parseAddress(text)!, { dotted: true });
  expect(['64:ff9b::a00:1', '::1', '::', '2001:db8:1:2:3:4:a00:1', '2001:db8::5:0:a00:1', '1:0:0:2:0:0:a00:1', '::ffff:a00:1', '1::2:3:4:5:6', 'fe80::1%eth0', '1.2.3.4'].map(asked)).toEqual([
    '64:ff9b::10.0.0.1', '::0.0.0.1', '::0.0.0.0', '2001:db8:1:2:3:4:10.0.0.1', '2001:db8::5:0:10.0.0.1', '1::2:0:0:10.0.0.1', '::ffff:10.0.0.1', '1::2:3:4:0.5.0.6', 'fe80::0.0.0.1%eth0',
    '1.2.3.4',
  ]);
  expect(normalizeAddress('64:ff9b::a00:1')).toBe('64:ff9b::a00:1');
  expect(['::a'].map(normalizeAddress)).toEqual(['::a']);
  Object.defineProperty(Object.prototype, 'dotted', { value: true, configurable: true });
  try {
    expect([normalizeAddress('::a', {}), normalizeAddress('::a', Object.create({ dotted: true }) as object)]).toEqual(['::a', '::0.0.0.10']);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'dotted');
  }
});

it('what is no address has no number, and no order', () => {
  for (const value of none) {
    expect([toBigInt(value), add(value, 1), expand(value)]).toEqual([null, null, null]);
    expect(() => compare(value, '::1')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE', message: 'The "a" argument must be an IP address' }));
    expect(() => compare('::1', value)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  }
  for (const n of [1.5, Number.NaN, 2 ** 53, '1', undefined]) expect(() => add('::1', n as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  expect(() => fromBigInt(1 as never, 4)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  expect(() => fromBigInt(1n, 5 as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
});
