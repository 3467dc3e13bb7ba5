import net from 'node:net';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SocketAddress } from '../src/socket-address/index.js';
import { nodeHas, outcome } from './support/lists.js';
import { ip, isShort, nearAddress, shortIPv6 } from './support/arbitraries.js';

const make = (Class: unknown, options?: unknown) => outcome(() => new (Class as new (options?: unknown) => SocketAddress)(...(options === undefined ? [] : [options])).toJSON());
const both = (options?: unknown) => [make(SocketAddress, options), make(net.SocketAddress, options)];
class Foo {
  a = 1;
}
const values = [
  undefined, null, 0, 1, -1, -0, 1.5, NaN, Infinity, 65535, 65536, 2 ** 31, 2 ** 32, '80', '0x50', '0b11', '1e3', '1.5', ' 80 ', '\n5', '+5', '-0', '', ' ', 'x', "it's", 'it\'s "x"', '\'"`', 'a\tb\x00\x1b', 'y'.repeat(200),
  Symbol('q'), 8n, true, function named() {}, () => {}, Foo, {}, { a: 1, 'b-c': 'x' }, { toLowerCase: () => 'ipv6' }, { toLowerCase: () => 'zz' }, { a: { b: { c: { d: 1 } } } }, new Foo(), [], [1, 'x', null], Object.create(null) as unknown, new Date(0), /x/g, new String('ipv4'),
  'IPv4', 'IPV6', 'ipv6', '::1', '1.2.3.4', { get a() { return 1; } }, { aaaaaaaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb: 2, cccccccccccccccccccccccccccccccc: 3 },
];

/** Flow labels above 20 bits abort every Node; before 24, ports in text and -0 did too. */
function abortsNode(field: string, value: unknown): boolean {
  if (field === 'flowlabel' && Number(typeof value === 'number' && value) > 0xfffff) return true;
  return !nodeHas('size') && ((field === 'port' && typeof value === 'string') || (field !== 'family' && Object.is(value, -0)));
}

describe('SocketAddress makes of its options what node:net makes of them', () => {
  it.each(['family', 'address', 'port', 'flowlabel'])('%s', (field) => {
    for (const value of values) {
      if (abortsNode(field, value)) continue;
      const [mine, theirs] = both({ [field]: value });
      expect(mine, inspect(value)).toEqual(theirs);
    }
  });
  it('the options themselves', () => {
    for (const value of values) {
      const [mine, theirs] = both(value);
      expect(mine, inspect(value)).toEqual(theirs);
    }
  });
  it('two bad fields: the same one is refused first', () => {
    const bad = { family: 'x', address: 5, port: -1, flowlabel: -1 };
    for (const a of Object.keys(bad)) for (const b of Object.keys(bad)) {
      const [mine, theirs] = both({ [a]: bad[a as 'port'], [b]: bad[b as 'port'] });
      expect(mine).toEqual(theirs);
    }
  });
  it('addresses in any spelling, near ones too', () => {
    fc.assert(fc.property(fc.oneof(ip, nearAddress).filter(isShort), fc.constantFrom('ipv4', 'ipv6'), (address, family) => {
      const [mine, theirs] = both({ address, family, port: 7 });
      expect(mine).toEqual(theirs);
    }), { numRuns: 10_000 });
  });
  it('IPv6 in canonical form, with the dotted tail where Node puts one', () => {
    const sparse = fc.array(fc.constantFrom('0', '0', '0', 'ffff', '1', 'a'), { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    fc.assert(fc.property(fc.oneof(sparse, shortIPv6), fc.nat(0xfffff), (address, flowlabel) => {
      const [mine, theirs] = both({ address, family: 'ipv6', flowlabel });
      expect(mine).toEqual(theirs);
    }), { numRuns: 5000 });
  });
});

describe('SocketAddress', () => {
  it('takes a port in text', () => {
    for (const port of ['80', '0x50', ' 80 ', '0b1010000', '8e1']) expect(new SocketAddress({ port }).port).toBe(80);
    expect(Object.is(new SocketAddress({ port: -0, flowlabel: -0, family: 'ipv6' }).port, 0)).toBe(true);
    for (const port of ['', ' ', '1.5', '65536', '-1', 'x']) expect(make(SocketAddress, { port })).toMatchObject({ name: 'RangeError', code: 'ERR_SOCKET_BAD_PORT' });
  });
  it('refuses a flow label of more than 20 bits, which aborts Node', () => {
    for (const flowlabel of [0x100000, 2 ** 32 - 1]) {
      expect(make(SocketAddress, { family: 'ipv6', flowlabel })).toMatchObject({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
      expect(make(SocketAddress, { flowlabel })).toMatchObject({ flowlabel: 0 });
    }
  });
  it('reads the longest spelling to its end, before a zone too', () => {
    const longest = '1000:1000:1000:1000:1000:1000:192.168.199.100';
    for (const address of [longest, `${longest}%a`]) expect(new SocketAddress({ address, family: 'ipv6' }).address).toBe('1000:1000:1000:1000:1000:1000:c0a8:c764');
  });
  it('can be made of another one, and of inherited options', () => {
    const address = new SocketAddress({ address: '::1', family: 'ipv6', port: '0x10', flowlabel: 5 });
    expect(new SocketAddress(address)).toEqual(address);
    expect(new SocketAddress(Object.create({ port: 5 }) as object).port).toBe(5);
    expect(JSON.stringify(address)).toBe('{"address":"::1","port":16,"family":"ipv6","flowlabel":5}');
  });
  it('has fields that cannot be set', () => {
    const address = new SocketAddress();
    expect(() => Object.assign(address, { port: 5 })).toThrow(TypeError);
    expect(address.port).toBe(0);
  });
  it('differs from one with other fields under deep equality', () => {
    expect(new SocketAddress({ port: 1 })).not.toEqual(new SocketAddress({ port: 2 }));
  });
  it('reads its options once each, in the order of Node', () => {
    const read: PropertyKey[] = [];
    new SocketAddress(new Proxy({}, { get: (_, key) => void read.push(key) }));
    expect(read).toEqual(['family', 'address', 'port', 'flowlabel']);
  });
});

const inputs = [
  '1.2.3.4:80', '1.2.3.4:81', '1.2.3.4', '[::1]:8', '[::1]', '::1', '1.2.3.4:', '1.2.3.4:65536', '1.2.3.4:x', '127.1:5', '0x7f.1:5', '2130706433', 'localhost:1', 'u:p@1.2.3.4:8', '1.2.3.4:8/path?x#y', '[::ffff:1.2.3.4]:9', '[fe80::1%25lo]:9',
  '', '[]', ' 1.2.3.4:8 ', '１.2.3.4:5', '[::1', '1.2.3.4.:7', '1.2.3.4:-1', '@1.2.3.4:9', '//1.2.3.4', '256.1.1.1', '[v1.x]', '%31.2.3.4:5', undefined, null, 1, {},
];
describe('SocketAddress.parse', () => {
  const parse = (Class: { parse: (input: string) => SocketAddress | undefined }, input: unknown) => outcome(() => Class.parse(input as string)?.toJSON());
  it('takes ip:port', () => {
    expect(SocketAddress.parse('1.2.3.4:81')?.toJSON()).toEqual({ address: '1.2.3.4', port: 81, family: 'ipv4', flowlabel: 0 });
    expect(SocketAddress.parse('[2001:DB8::1]:443')?.toJSON()).toEqual({ address: '2001:db8::1', port: 443, family: 'ipv6', flowlabel: 0 });
    expect(SocketAddress.parse('localhost:1')).toBe(undefined);
    expect(() => SocketAddress.parse(5 as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  });
  it.runIf('parse' in net.SocketAddress || nodeHas('isBlockList')).each(inputs)('does with %j what node:net does', (input) => {
    expect(parse(SocketAddress, input)).toEqual(parse(net.SocketAddress as never, input));
  });
});
