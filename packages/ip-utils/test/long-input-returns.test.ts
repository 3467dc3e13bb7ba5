import { expect, it } from 'vitest';
import { parseAddress } from '../src/address/index.js';
import { parseCIDR } from '../src/cidr/index.js';
import { BlockList } from '../src/block-list/index.js';
import { classify, looseIPv4 } from '../src/classify/index.js';
import { isIP } from '../src/index.js';

const size = 10 * 1024 * 1024;

it.each(['1', 'f', ':', '.', '1.', 'f:', '%', '0', '1:', ' ', '1.2.3.4', '::1', 'fe80::1%a'])('10 MB of %j simply return', (piece) => {
  const text = piece.repeat(size / piece.length);
  expect(isIP(text)).toBe(0);
  expect(parseAddress(text)).toBe(null);
  expect(parseCIDR(text)).toBe(null);
  expect(classify(text)).toBe(null);
  expect(new BlockList().check(text, 'ipv6')).toBe(false);
  // A number of zeros is zero to inet_aton, however many; what follows white space does not count.
  expect(looseIPv4(text)).toBe(piece === '0' ? '0.0.0.0' : null);
});

it('a zone of 10 MB is a zone', () => {
  expect(isIP(`fe80::1%${'a'.repeat(size)}`)).toBe(6);
});
