import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIPv4 } from '../src/index.js';
import { looseIPv4 } from '../src/classify/index.js';
import { ipv4 } from './support/arbitraries.js';

it.each([
  ['127.1', '127.0.0.1'], ['127.0.1', '127.0.0.1'], ['0', '0.0.0.0'], ['2130706433', '127.0.0.1'], ['0177.0.0.1', '127.0.0.1'], ['017700000001', '127.0.0.1'], ['0x7f.0.0.1', '127.0.0.1'],
  ['0X7F000001', '127.0.0.1'], ['0x7f.1', '127.0.0.1'], ['010.0.0.1', '8.0.0.1'], ['00000000177.1', '127.0.0.1'], ['1.2.65535', '1.2.255.255'], ['1.16777215', '1.255.255.255'], ['4294967295', '255.255.255.255'],
  ['127.0.0.1.', '127.0.0.1'], ['127.0.0.1 x', '127.0.0.1'], ['127.0.0.1\n', '127.0.0.1'], ['１２７.0.0.1', '127.0.0.1'], ['127。0。0。1', '127.0.0.1'], ['①27.1', '127.0.0.1'], ['0x', '0.0.0.0'], ['0.', '0.0.0.0'], ['0x.', '0.0.0.0'], ['0xaB.0XfE.1', '171.254.0.1'], ['１。０x7f。１', '1.127.0.1'], ['1.2.3.4', '1.2.3.4'],
])('%j leads to %s', (text, address) => {
  expect(looseIPv4(text)).toBe(address);
});

it.each(['', '.', ' 127.0.0.1', '127.0.0.1..', '.1', '1..2', '256.1', '1.256.1.1', '1.2.65536', '1.16777216', '4294967296', '08', '0xg', '1.2.3.4.5', '0xabcdef.1', '1/2', '1.:', '0x@', '0x`', '09', '0x1g', '1é', '１é', '-1', '+1', '1e3', '::1', 'localhost', '1.2.3.4%lo', 'é'])('%j leads nowhere', (text) => {
  expect(looseIPv4(text)).toBe(null);
});

it('leaves strict addresses as they are', () => {
  fc.assert(fc.property(ipv4, (text) => {
    expect(looseIPv4(text)).toBe(text);
  }));
});

it('finds every address that the URL parser finds', () => {
  const number = fc.tuple(fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(2 ** 31)), fc.constantFrom(8, 10, 16)).map(([value, base]) => ({ 8: '0', 10: '', 16: '0x' })[base] + value.toString(base));
  const text = fc.tuple(fc.array(number, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '.')).map(([parts, end]) => parts.join('.') + end);
  fc.assert(fc.property(text, (candidate) => {
    const host = URL.canParse(`http://${candidate}`) ? new URL(`http://${candidate}`).hostname : null;
    expect(looseIPv4(candidate)).toBe(host !== null && isIPv4(host) ? host : null);
  }), { numRuns: 3000 });
});
