import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAddress, normalizeAddress, parseHostPort, parseURLHost, toURLHost } from '../src/address/index.js';
import { ip, nearAddress } from './support/arbitraries.js';

it.each<[text: string, host: string, port: number | null]>([
  ['::1:80', '::1:80', null],
  ['2001:db8::9c82', '2001:db8::9c82', null],
  ['2001:DB8:0:0::1', '2001:db8::1', null],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', null],
  ['::', '::', null],
  ['[::1]:80', '::1', 80],
  ['[::1]:8080', '::1', 8080],
  ['[::1]', '::1', null],
  ['[::FFFF:1.2.3.4]:0', '::ffff:1.2.3.4', 0],
  ['[fe80::1%eth0]:80', 'fe80::1%eth0', 80],
  ['[fe80::1%25eth0]:80', 'fe80::1%eth0', 80],
  ['fe80::1%eth0', 'fe80::1%eth0', null],
  // A zone may have colons.
  ['fe80::1%eth0:80', 'fe80::1%eth0:80', null],
  ['1.2.3.4', '1.2.3.4', null],
  ['1.2.3.4:1024', '1.2.3.4', 1024],
  ['1.2.3.4:65535', '1.2.3.4', 65_535],
  ['name', 'name', null],
  ['name:80', 'name', 80],
  ['Example.COM.:443', 'Example.COM.', 443],
  ['_srv.xn--bcher-kva.example:1', '_srv.xn--bcher-kva.example', 1],
  ['bücher.example:1', 'bücher.example', 1],
])('%s is host %s, port %s', (text, host, port) => {
  expect(parseHostPort(text)).toEqual({ host, port });
});

it.each(['', ':80', 'name:', 'name:080', 'name:65536', 'name:-1', 'name:+1', 'name:8e1', 'name:80 ', 'name: 80', ' name', 'name:80:90', 'a:b:c', '1.2.3.4:', '1.2.3.4:80:90', '[::1]:', '[::1]80', '[::1]x:80', '[::1', '::1]', '[]', '[]:80', '[name]:80', '[1.2.3.4]:80', '[[::1]]:80', '::1]:80', '12345::1', 'user@host:80', 'host/path', 'http://host', 'a b', 'a\u0000b', 'name:٨٠'])('%j is neither', (text) => {
  expect(parseHostPort(text)).toBe(null);
});

it('an address comes back from its own text, with brackets and a port or without', () => {
  fc.assert(fc.property(ip, fc.integer({ min: 0, max: 65_535 }), (text, port) => {
    const host = normalizeAddress(text)!;
    expect(parseHostPort(text)).toEqual({ host, port: null });
    expect(parseHostPort(text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`)).toEqual({ host, port });
    expect(formatAddress(parseURLHost(toURLHost(text))!)).toBe(host);
    expect(parseHostPort(`${toURLHost(text)!}:${port}`)).toEqual({ host, port });
  }), { numRuns: 1000 });
});

it('nothing with two colons is a name, and no text throws', () => {
  fc.assert(fc.property(nearAddress, (text) => {
    const found = parseHostPort(text);
    if (found !== null && text.split(':').length > 2) expect(normalizeAddress(found.host)).toBe(found.host);
  }), { numRuns: 3000 });
  for (const piece of ['1', ':', '[', ']', 'a.', '[::1]', '%25', '%', '::1%']) expect(parseHostPort(piece.repeat(1e6))).toBe(null);
});

it('URLs: brackets, and zones after %25 (RFC 6874)', () => {
  expect(['1.2.3.4', '::1', '::ffff:1.2.3.4', 'fe80::1%eth0', 'fe80::A%en-1.5', 'fe80::1%a:b', 'localhost', '[::1]'].map(toURLHost))
    .toEqual(['1.2.3.4', '[::1]', '[::ffff:1.2.3.4]', '[fe80::1%25eth0]', '[fe80::a%25en-1.5]', '[fe80::1%25a%3Ab]', null, null]);
  expect(toURLHost({ version: 6, bytes: new Uint8Array(16), zone: '] /evil' })).toBe(null);
  expect(toURLHost(Uint8Array.of(1, 2, 3, 4))).toBe('1.2.3.4');
  const parsed = (text: string) => {
    const address = parseURLHost(text);
    return address && formatAddress(address);
  };
  expect(['[::1]', '[FE80::1%25eth0]', '[fe80::1%25a%3Ab]', '[fe80::1%25a%3ab]', '1.2.3.4'].map(parsed)).toEqual(['::1', 'fe80::1%eth0', 'fe80::1%a:b', 'fe80::1%a:b', '1.2.3.4']);
  expect(['::1', '[::1', '[fe80::1%eth0]', '[fe80::1%25]', '[fe80::1%25a%2]', '[fe80::1%25a b]', '[fe80::1%25a%5D]', '[1.2.3.4]', '[v1.a]', '127.1', 'localhost', '', '[::1]:80'].filter((text) => parsed(text) !== null)).toEqual([]);
  // What ours writes, a URL parser takes.
  expect(new URL(`http://${toURLHost('2001:DB8::1')!}:8080/`).host).toBe('[2001:db8::1]:8080');
});

it('what is no address or no text is answered by null', () => {
  for (const value of [undefined, null, 5, {}, Symbol('a'), [], new Uint8Array(5)] as never[]) expect([toURLHost(value), parseURLHost(value), parseHostPort(value)]).toEqual([null, null, null]);
});
