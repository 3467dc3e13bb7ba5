import fc from 'fast-check';
import proxyAddr from 'proxy-addr';
import { describe, expect, it } from 'vitest';
import { normalizeAddress } from '../src/address/index.js';
import { clientAddress, type Trust } from '../src/client-address/index.js';
import { ipv4 } from './support/arbitraries.js';

type TheirTrust = readonly string[] | ((address: string, index: number) => boolean);
const theirs = (peer: string | undefined, list: unknown, trust: TheirTrust) => proxyAddr.all({ socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': list } }, trust);
const ours = (peer: string | undefined, list: string | undefined, trust: Trust) => clientAddress({ remoteAddress: peer, headers: { 'x-forwarded-for': list } }, { trust });

// Few different ones, so that what is asked for and what is trusted meet.
const near4 = fc.oneof(fc.tuple(fc.constantFrom('10.0.0', '10.1.0', '127.0.0', '169.254.1', '203.0.113'), fc.nat(3)).map(([head, last]) => `${head}.${last}`), ipv4);
const near6 = fc.tuple(fc.constantFrom('fe80::', 'fc00::', '2a00:1::', '2a00:1:8000::', '::'), fc.integer({ min: 1, max: 3 })).map(([head, last]) => `${head}${last}`);
const mapped = near4.map((text) => `::ffff:${text}`);
// IPv4-compatible addresses carry IPv4 ones; of the others here none does.
const address = fc.oneof(near4, near4, near6, mapped).filter((text) => text !== '::2' && text !== '::3');
const cidr = fc.oneof(
  fc.tuple(near4, fc.integer({ min: 1, max: 32 })),
  fc.tuple(near6, fc.integer({ min: 1, max: 128 })),
  fc.tuple(mapped, fc.integer({ min: 97, max: 128 })),
).map(([text, prefix]) => `${text}/${prefix}`);
const NAMES = { loopback: ['loopback'], 'link-local': ['linklocal'], private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 'unique-local': ['fc00::/7'] } as const;
const rule = fc.oneof(address, cidr, cidr, fc.constantFrom(...(Object.keys(NAMES) as (keyof typeof NAMES)[])));
const separator = fc.constantFrom(',', ', ', ' , ', ',,', ', ,');
const list = fc.array(fc.tuple(address, separator), { maxLength: 6 }).map((all) => all.flat().slice(0, -1).join(''));

describe('answers are those of proxy-addr', () => {
  it('for lists of trust', () => {
    fc.assert(fc.property(address, list, fc.array(rule, { minLength: 1, maxLength: 5 }), (peer, header, trust) => {
      const all = theirs(peer, header, trust.flatMap((one) => NAMES[one as keyof typeof NAMES] ?? [one])).map(normalizeAddress);
      expect(ours(peer, header, trust)).toEqual({ address: all.at(-1), port: null, hops: all });
    }), { numRuns: 3000 });
  });

  it('for numbers of hops', () => {
    fc.assert(fc.property(address, list, fc.nat(8), (peer, header, count) => {
      const all = theirs(peer, header, (_, index) => index < count).map(normalizeAddress);
      expect(ours(peer, header, count)).toEqual({ address: all.at(-1), port: null, hops: all });
    }));
  });
});

describe('answers differ', () => {
  it.each<[why: string, list: string, theirs: string, ours: string]>([
    ['what is no address is no client: the last trusted hop is', 'unknown', 'unknown', '10.0.0.1'],
    ['a text of a client never comes out as it was written', '<script>, 10.0.0.2', '<script>', '10.0.0.2'],
    ['ports are told apart', '1.2.3.4:1024', '1.2.3.4:1024', '1.2.3.4'],
    ['a trusted hop with a port is trusted', '1.2.3.4, 10.0.0.2:80', '10.0.0.2:80', '1.2.3.4'],
    ['brackets do not belong to an address', '[2a00::1]', '[2a00::1]', '2a00::1'],
    ['octal is no address, so it is not taken for 10.0.0.2 and trusted', '6.6.6.6, 012.0.0.2', '6.6.6.6', '10.0.0.1'],
    ['nor is hexadecimal', '6.6.6.6, 0x0a000002', '6.6.6.6', '10.0.0.1'],
    ['text is canonical', '2A00:0::1', '2A00:0::1', '2a00::1'],
    ['white space is that of HTTP, tabs too', '6.6.6.6,\t10.0.0.2', '\t10.0.0.2', '6.6.6.6'],
  ])('%s: %j', (_, header, their, our) => {
    expect(theirs('10.0.0.1', header, ['10.0.0.0/8']).at(-1)).toBe(their);
    expect(ours('10.0.0.1', header, ['10.0.0.0/8']).address).toBe(our);
  });

  it('a peer without an address is null', () => {
    expect(theirs(undefined, '1.2.3.4', ['10.0.0.0/8'])).toEqual([undefined]);
    expect(ours(undefined, '1.2.3.4', ['10.0.0.0/8'])).toEqual({ address: null, port: null, hops: [] });
  });

  it('an IPv6 address that carries an untrusted IPv4 one is not trusted', () => {
    expect(theirs('2002:a00:1::', '1.2.3.4', ['2002::/16']).at(-1)).toBe('1.2.3.4');
    expect(ours('2002:a00:1::', '1.2.3.4', ['2002::/16']).address).toBe('2002:a00:1::');
  });

  it('a header as an array is read', () => {
    expect(() => theirs('10.0.0.1', ['1.2.3.4'], ['10.0.0.1'])).toThrow();
    expect(clientAddress({ remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': ['1.2.3.4'] } }, { trust: ['10.0.0.1'] }).address).toBe('1.2.3.4');
  });

  it('at most 64 hops are walked', () => {
    const header = Array.from({ length: 100 }, () => '10.0.0.2').join();
    expect(theirs('10.0.0.1', header, ['10.0.0.0/8'])).toHaveLength(101);
    expect(ours('10.0.0.1', header, ['10.0.0.0/8']).hops).toHaveLength(64);
  });

  it.each([
    ['everything may be trusted, if it is said', '0.0.0.0/0', 'theirs'],
    ['a netmask is no prefix', '10.0.0.0/255.0.0.0', 'ours'],
    ['octal is no address', '012.0.0.1', 'ours'],
    ['the class of proxy-addr that holds two of the registries goes by these', 'uniquelocal', 'ours'],
    ['so does the other', 'linklocal', 'ours'],
  ])('%s: %s', (_, trust, refusing) => {
    const refusal = (run: () => unknown) => { try { run(); return false; } catch { return true; } };
    expect([refusal(() => proxyAddr.compile(trust)), refusal(() => ours('10.0.0.1', '', [trust]))]).toEqual([refusing === 'theirs', refusing === 'ours']);
  });
});
