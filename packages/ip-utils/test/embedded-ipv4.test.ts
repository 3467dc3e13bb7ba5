import { expect, it } from 'vitest';
import { embeddedIPv4, parseAddress } from '../src/address/index.js';

it.each([
  ['::ffff:1.2.3.4', 'mapped'],
  ['::1.2.3.4', 'compatible'],
  ['64:ff9b::1.2.3.4', 'nat64'],
  ['2002:102:304::1', '6to4'],
  ['2002:102:304:ffff:ffff:ffff:ffff:ffff', '6to4'],
])('%s carries 1.2.3.4 (%s)', (text, embedding) => {
  expect(embeddedIPv4(parseAddress(text)!.bytes)).toEqual({ embedding, bytes: Uint8Array.of(1, 2, 3, 4) });
});

it('IPv4-compatible addresses begin after the loopback address', () => {
  expect(embeddedIPv4(parseAddress('::2')!.bytes)).toEqual({ embedding: 'compatible', bytes: Uint8Array.of(0, 0, 0, 2) });
});

it.each(['::', '::1', '1.2.3.4', '2001:db8::1.2.3.4', '::fffe:1.2.3.4', '::ffff:0:1.2.3.4', '64:ff9b:1::1.2.3.4', '64:ff9b::1:102:304', '1::ffff:1.2.3.4', '2003:102:304::'])('%s carries none', (text) => {
  expect(embeddedIPv4(parseAddress(text)!.bytes)).toBe(null);
});
