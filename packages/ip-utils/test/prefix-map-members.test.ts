import { describe, expect, it } from 'vitest';
import { parseAddress } from '../src/address/index.js';
import { parseCIDR } from '../src/cidr/index.js';
import { PrefixMap } from '../src/prefix-map/index.js';

const table = () => new PrefixMap([['0.0.0.0/0', 'all'], ['10.0.0.0/8', 'ten'], ['10.1.0.0/16', 'one'], ['10.1.2.3/32', 'host'], ['::/0', 'six'], ['2001:db8::/32', 'doc'], ['2001:db8::1/128', 'host6']]);

describe('lookup', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3/32', 'host'], ['10.1.2.4', '10.1.0.0/16', 'one'], ['10.2.0.0', '10.0.0.0/8', 'ten'], ['11.0.0.0', '0.0.0.0/0', 'all'],
    ['2001:db8::1', '2001:db8::1/128', 'host6'], ['2001:db8::2', '2001:db8::/32', 'doc'], ['2001:db9::', '::/0', 'six'],
    ['fe80::1%eth0', '::/0', 'six'],
    // Families are apart.
    ['::ffff:10.1.2.3', '::/0', 'six'],
  ])('of %s is %s', (address, cidr, value) => {
    expect(table().lookup(address)).toEqual({ cidr, value });
    expect(table().lookupValue(address)).toBe(value);
  });

  it('takes bytes and parsed addresses', () => {
    const parsed = parseAddress('10.1.2.4')!;
    expect(table().lookup(parsed)?.value).toBe('one');
    expect(table().lookup(parsed.bytes)?.value).toBe('one');
    expect(table().lookup(Buffer.from([10, 1, 2, 3]))?.cidr).toBe('10.1.2.3/32');
  });

  it('is undefined where no network is, and for what is no address', () => {
    const map = new PrefixMap([['10.0.0.0/8', 1]]);
    for (const none of ['11.0.0.0', '::', '10.0.0', '010.0.0.1', '10.0.0.0/8', '', undefined, null, 5, {}, Symbol('s'), new Uint8Array(3), new Uint8Array(8), { bytes: new Uint8Array(5) }]) {
      expect(map.lookup(none as never)).toBe(undefined);
      expect(map.lookupValue(none as never)).toBe(undefined);
    }
  });
});

describe('covering', () => {
  it('has all networks that hold an address, the longest first', () => {
    expect(table().covering('10.1.2.3').map(({ cidr }) => cidr)).toEqual(['10.1.2.3/32', '10.1.0.0/16', '10.0.0.0/8', '0.0.0.0/0']);
    expect(table().covering('11.0.0.1')).toEqual([{ cidr: '0.0.0.0/0', value: 'all' }]);
  });

  it('has all networks that hold a network, itself included', () => {
    for (const ten of ['10.1.0.0/16', '10.1.9.9/16', parseCIDR('10.1.0.0/16')!]) expect(table().covering(ten).map(({ value }) => value)).toEqual(['one', 'ten', 'all']);
    expect(table().covering('10.0.0.0/9').map(({ value }) => value)).toEqual(['ten', 'all']);
    expect(table().covering('2001:db8::/31').map(({ value }) => value)).toEqual(['six']);
  });

  it('has none of what is neither', () => {
    for (const none of ['10.0.0.0/33', '10.0.0', undefined, null, 5, {}, Symbol('s')]) expect(table().covering(none as never)).toEqual([]);
  });
});

describe('a network', () => {
  it('is the same with host bits, in any spelling, and parsed', () => {
    const map = new PrefixMap<number>().set('10.1.2.3/8', 1).set('2001:DB8:0::5/32', 2);
    expect(map.get('10.0.0.0/8')).toBe(1);
    expect(map.get(parseCIDR('10.9.9.9/8')!)).toBe(1);
    expect(map.get({ version: 4, bytes: Uint8Array.of(10, 5, 5, 5), prefix: 8 })).toBe(1);
    expect(map.has('2001:db8::/32')).toBe(true);
    expect([...map.keys()]).toEqual(['10.0.0.0/8', '2001:db8::/32']);
    map.set('10.0.0.0/8', 3);
    expect([map.size, map.get('10.0.0.0/8')]).toEqual([2, 3]);
  });

  it('is not one that it holds, nor one that holds it', () => {
    const map = new PrefixMap([['10.0.0.0/8', 1]]);
    for (const other of ['10.0.0.0/7', '10.0.0.0/9', '::/0', '::ffff:10.0.0.0/104']) expect([map.get(other), map.has(other), map.delete(other)]).toEqual([undefined, false, false]);
    expect(map.size).toBe(1);
  });

  it('may have any value, undefined as well', () => {
    const map = new PrefixMap<unknown>([['10.0.0.0/8', undefined]]);
    expect([map.has('10.0.0.0/8'), map.size, map.lookup('10.0.0.1')]).toEqual([true, 1, { cidr: '10.0.0.0/8', value: undefined }]);
    expect(map.delete('10.0.0.0/8')).toBe(true);
    expect([map.has('10.0.0.0/8'), map.size, map.lookup('10.0.0.1')]).toEqual([false, 0, undefined]);
  });

  it('does not keep the bytes of a caller', () => {
    const bytes = Uint8Array.of(10, 0, 0, 0);
    const map = new PrefixMap([[{ version: 4, bytes, prefix: 8 }, 1]]);
    bytes[0] = 11;
    expect(map.get('10.0.0.0/8')).toBe(1);
  });
});

it('clear takes all out', () => {
  const map = table();
  map.clear();
  expect([map.size, [...map], map.lookup('10.1.2.3'), map.get('0.0.0.0/0')]).toEqual([0, [], undefined, undefined]);
  expect(map.set('10.0.0.0/8', 'again').lookup('10.1.2.3')).toEqual({ cidr: '10.0.0.0/8', value: 'again' });
});

describe('an error', () => {
  const calls = (cidr: unknown): (() => unknown)[] => {
    const map = table() as PrefixMap<unknown>;
    return [() => map.set(cidr as string, 1), () => map.get(cidr as string), () => map.has(cidr as string), () => map.delete(cidr as string), () => new PrefixMap([[cidr as string, 1]])];
  };

  it.each(['', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/', '1.1.1.1/50000000', '10/8', 'fe80::%lo/64', '::/129', 'a'.repeat(1 << 20)])('says that text is no network', (text) => {
    for (const call of calls(text)) expect(call).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
  });

  it('says that a value is no network', () => {
    for (const value of [undefined, null, 5, {}, [], Symbol('s'), { bytes: new Uint8Array(4) }, { bytes: new Uint8Array(4), prefix: 33 }, { bytes: new Uint8Array(5), prefix: 8 }, { bytes: new Uint8Array(4), prefix: 1.5 }]) {
      for (const call of calls(value)) expect(call).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    }
  });

  it('leaves the map as it was', () => {
    const map = new PrefixMap([['10.0.0.0/8', 1]]);
    expect(() => map.set('10.0.0.0/99', 2)).toThrow();
    expect([...map]).toEqual([['10.0.0.0/8', 1]]);
  });
});
