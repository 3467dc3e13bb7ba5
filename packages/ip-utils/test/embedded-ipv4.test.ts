import { expect, it } from 'vitest';
import { allEmbeddedIPv4, embeddedIPv4, formatBytes, parseAddress } from '../src/address/index.js';

const bytesOf = (text: string) => parseAddress(text)!.bytes;

it.each([
  ['::ffff:1.2.3.4', 'mapped'],
  ['::1.2.3.4', 'compatible'],
  ['::ffff:0:1.2.3.4', 'translated'],
  ['64:ff9b::1.2.3.4', 'nat64'],
  ['2002:102:304::1', '6to4'],
  ['2002:102:304:ffff:ffff:ffff:ffff:ffff', '6to4'],
  ['2001:0:908:706:0:0:fefd:fcfb', 'teredo'],
  ['2001:470::5efe:1.2.3.4', 'isatap'],
  ['2001:470::200:5efe:1.2.3.4', 'isatap'],
  ['fe80::5efe:102:304', 'isatap'],
  // RFC 6052 section 2.2: prefixes of 96, 64, 56 and 48 bits, the octet of bits 64 to 71 left out.
  ['64:ff9b:1::1.2.3.4', 'nat64'],
  ['64:ff9b:1:fedc:ba98:7654:102:304', 'nat64'],
  ['64:ff9b:1:aaaa:1:203:400::', 'nat64'],
  ['64:ff9b:1:aa01:2:304::', 'nat64'],
  ['64:ff9b:1:102:3:400::', 'nat64'],
  // That octet is not zero: only a prefix of 96 bits leaves it free.
  ['64:ff9b:1:aa01:ff02:304:102:304', 'nat64'],
])('%s carries 1.2.3.4 (%s)', (text, embedding) => {
  expect(embeddedIPv4(bytesOf(text))).toEqual({ embedding, bytes: Uint8Array.of(1, 2, 3, 4) });
});

it('IPv4-compatible addresses begin after the loopback address', () => {
  expect(embeddedIPv4(bytesOf('::2'))).toEqual({ embedding: 'compatible', bytes: Uint8Array.of(0, 0, 0, 2) });
});

it.each(['::', '::1', '1.2.3.4', '2001:db8::1.2.3.4', '::fffe:1.2.3.4', '::ffff:1:1.2.3.4', '::fffe:0:1.2.3.4', '1::ffff:0:1.2.3.4', '0:0:1:0:ffff:0:1.2.3.4', '64:ff9b::ffff:0:1.2.3.4', '64:ff9b:2::1.2.3.4', '65:ff9b:1::1.2.3.4', '64:ff9c:1::1.2.3.4', '65:ff9b::1.2.3.4', '64:ff9c::1.2.3.4', 'ff9b:64::1.2.3.4', '64::1.2.3.4', '0:ff9b::1.2.3.4', '64::1:0:0:1.2.3.4', '0:ff9b:1::1.2.3.4', '64:ff9b::1:102:304', '1::ffff:1.2.3.4', '2003:102:304::', '2001:1::1.2.3.4', '2001:470::5eff:1.2.3.4', '2001:470::100:5efe:1.2.3.4', '2001:470::1:5efe:1.2.3.4'])('%s carries none', (text) => {
  expect(embeddedIPv4(bytesOf(text))).toBe(null);
  expect(allEmbeddedIPv4(bytesOf(text))).toEqual([]);
});

it.each([
  ['::ffff:1.2.3.4', ['mapped 1.2.3.4']],
  // The example of RFC 4380 section 4: the client is what packets reach, the server what they may pass.
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', ['teredo 192.0.2.45', 'teredo 65.54.227.120']],
  ['2002:102:304::5efe:10.0.0.1', ['6to4 1.2.3.4', 'isatap 10.0.0.1']],
  // Zeros before and behind an address are no addresses of their own.
  ['64:ff9b:1::10.0.0.1', ['nat64 10.0.0.1']],
  ['64:ff9b:1::10.0.0.0', ['nat64 10.0.0.0']],
  ['64:ff9b:1:a00:0:100::', ['nat64 10.0.0.1']],
  ['64:ff9b:1:102:3:400::', ['nat64 1.2.3.4', 'nat64 2.3.4.0', 'nat64 3.4.0.0']],
  ['64:ff9b:1::1:203:400:0', ['nat64 1.2.3.4', 'nat64 4.0.0.0']],
  ['64:ff9b:1:ffff::1.2.3.4', ['nat64 1.2.3.4', 'nat64 255.255.0.0', 'nat64 255.0.0.0', 'nat64 0.0.0.1']],
  // Unless there is nothing else, or the address does not stand alone.
  ['64:ff9b:1::1:0:1.2.3.4', ['nat64 1.2.3.4', 'nat64 0.0.1.0', 'nat64 0.1.0.0', 'nat64 1.0.0.1']],
  ['64:ff9b:1::', ['nat64 0.0.0.0', 'nat64 0.0.0.0', 'nat64 0.0.0.0', 'nat64 0.0.0.0']],
  ['64:ff9b:1::1', ['nat64 0.0.0.1', 'nat64 0.0.0.0', 'nat64 0.0.0.0', 'nat64 0.0.0.0']],
])('%s may carry %j', (text, all) => {
  const found = allEmbeddedIPv4(bytesOf(text));
  expect(found.map(({ embedding, bytes }) => `${embedding} ${formatBytes(bytes)}`)).toEqual(all);
  expect(embeddedIPv4(bytesOf(text))).toEqual(found[0]);
});

it('the octet of bits 64 to 71 is zero where an address stands around it', () => {
  expect(formatBytes(embeddedIPv4(bytesOf('64:ff9b:1:a00:ff00:100::'))!.bytes)).toBe('0.0.0.0');
  expect(formatBytes(embeddedIPv4(bytesOf('64:ff9b:1:0:ff0a:0:100::'))!.bytes)).toBe('1.0.0.0');
  expect(formatBytes(embeddedIPv4(bytesOf('64:ff9b:1:0:a:0:100::'))!.bytes)).toBe('10.0.0.1');
});

it('bytes of another length carry none', () => {
  for (const length of [0, 4, 8, 12, 15, 17, 32]) expect(allEmbeddedIPv4(new Uint8Array(length).fill(1, 12))).toEqual([]);
  expect(allEmbeddedIPv4(Uint8Array.of(0x20, 2, 10, 0, 0, 1, 0, 0))).toEqual([]);
});
