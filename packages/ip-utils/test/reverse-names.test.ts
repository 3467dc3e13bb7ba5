import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeAddress, parseAddress, parseReverseName, reverseName } from '../src/address/index.js';
import { ip } from './support/arbitraries.js';

it('there and back', () => {
  fc.assert(fc.property(ip, fc.boolean(), (text, dot) => {
    const name = reverseName(text)!;
    expect(parseReverseName(dot ? `${name.toUpperCase()}.` : name)).toBe(normalizeAddress(text.split('%')[0]));
    expect(reverseName(parseAddress(text))).toBe(name);
  }));
});

it('the examples of RFC 1035 section 3.5 and RFC 3596 section 2.5', () => {
  expect(reverseName('10.2.0.52')).toBe('52.0.2.10.in-addr.arpa');
  expect(reverseName('4321:0:1:2:3:4:567:89ab')).toBe('b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa');
  expect(parseReverseName('b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.IP6.ARPA')).toBe('4321:0:1:2:3:4:567:89ab');
});

it.each(['', 'in-addr.arpa', '2.0.10.in-addr.arpa', '1.52.0.2.10.in-addr.arpa', '052.0.2.10.in-addr.arpa', '256.0.2.10.in-addr.arpa', '52.0.2.10.in-addr.arpa..', 'x52.0.2.10.in-addr.arpa', `${'0.'.repeat(31)}ip6.arpa`, `${'0.'.repeat(33)}ip6.arpa`, `${'g.'.repeat(32)}ip6.arpa`, '10.2.0.52', '52.0.2.10.in-addr.arpa.evil.example'])('%j is no such name', (name) => {
  expect(parseReverseName(name)).toBe(null);
});

it('what is no address has none, what is no text is none', () => {
  for (const value of [undefined, null, 5, {}, Symbol('a'), 'localhost', new Uint8Array(5), '1.'.repeat(1e6)] as never[]) expect([reverseName(value), parseReverseName(value)]).toEqual([null, null]);
});
