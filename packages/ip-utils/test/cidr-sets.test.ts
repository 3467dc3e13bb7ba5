import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatBytes, normalizeAddress } from '../src/address/index.js';
import { contains, exclude, formatCIDR, intersect, merge, overlaps, parseCIDR, rangeToCidrs } from '../src/cidr/index.js';
import { anyNet, bitsOf, fewest, first, isIn, last, netOf, netText, smallNet, textOf, version, type Net, type Version } from './support/oracle.js';

const canonical = (text: string) => formatCIDR(parseCIDR(text)!);
const addressesOf = (nets: readonly Net[], of: Version) => {
  const set = new Set<bigint>();
  for (const net of nets) if (net.version === of) for (let value = first(net); value <= last(net); value++) set.add(value);
  return set;
};
const small = fc.array(version.chain(smallNet), { maxLength: 12 });
const both = (pick: (of: Version) => Set<bigint>) => ([4, 6] as const).flatMap((of) => fewest(of, pick(of))).map(canonical);

it('merge, exclude and intersect give the fewest networks of the set', () => {
  fc.assert(fc.property(small, small, (a, b) => {
    const [left, right] = [a.map(netText), b.map(netText)];
    expect(merge(left)).toEqual(both((of) => addressesOf(a, of)));
    expect(exclude(left, right)).toEqual(both((of) => {
      const gone = addressesOf(b, of);
      return new Set([...addressesOf(a, of)].filter((value) => !gone.has(value)));
    }));
    const common = both((of) => {
      const other = addressesOf(b, of);
      return new Set([...addressesOf(a, of)].filter((value) => other.has(value)));
    });
    expect(intersect(left, right)).toEqual(common);
    expect(overlaps(left, right)).toBe(common.length > 0);
  }), { numRuns: 300 });
});

it('networks of every size: at each of their ends the result says what the lists say', () => {
  const nets = fc.array(anyNet, { maxLength: 8 });
  fc.assert(fc.property(nets, nets, (a, b) => {
    const [left, right] = [a.map(netText), b.map(netText)];
    const results = [merge(left), exclude(left, right), intersect(left, right)].map((list) => list.map(netOf));
    const ends = [...a, ...b].flatMap((net) => [first(net) - 1n, first(net), last(net), last(net) + 1n].map((value) => [net.version, value] as const));
    for (const [of, value] of ends.filter(([of, value]) => value >= 0n && value < 2n ** BigInt(bitsOf(of)))) {
      const [inA, inB] = [isIn(a, of, value), isIn(b, of, value)];
      expect(results.map((list) => isIn(list, of, value))).toEqual([inA, inA && !inB, inA && inB]);
      expect(contains(left, textOf(of, value))).toBe(inA);
    }
    // No two that could be one, and in order.
    for (const list of results) {
      list.slice(1).forEach((net, i) => {
        const before = list[i];
        expect(before.version < net.version || (before.version === net.version && last(before) < first(net))).toBe(true);
        const isPair = before.prefix === net.prefix && last(before) + 1n === first(net) && before.prefix > 0;
        expect(isPair && first({ ...net, prefix: net.prefix - 1 }) === first(before)).toBe(false);
      });
    }
  }), { numRuns: 500 });
});

it('contains a network if it has all of its addresses', () => {
  fc.assert(fc.property(small, version.chain(smallNet), (list, net) => {
    const set = addressesOf(list, net.version);
    const all = [...addressesOf([net], net.version)];
    expect(contains(list.map(netText), netText(net))).toBe(all.every((value) => set.has(value)));
  }), { numRuns: 1000 });
});

it('a range is the fewest networks of its addresses', () => {
  fc.assert(fc.property(version.chain(smallNet), fc.nat(300), (net, length) => {
    const end = 2n ** BigInt(bitsOf(net.version)) - 1n;
    const to = net.value + BigInt(length) > end ? end : net.value + BigInt(length);
    const set = new Set<bigint>();
    for (let value = net.value; value <= to; value++) set.add(value);
    expect(rangeToCidrs(textOf(net.version, net.value), textOf(net.version, to))).toEqual(fewest(net.version, set).map(canonical));
  }), { numRuns: 500 });
  expect(rangeToCidrs('0.0.0.0', '255.255.255.255')).toEqual(['0.0.0.0/0']);
  expect(rangeToCidrs('::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')).toEqual(['::/0']);
  expect(rangeToCidrs('::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe')).toHaveLength(254);
});

it('known answers', () => {
  expect(merge(['10.0.0.0/24', '10.0.1.0/24', '10.0.1.7/32', '::/1', '8000::/1'])).toEqual(['10.0.0.0/23', '::/0']);
  expect(merge('10.0.0.9/8')).toEqual(['10.0.0.0/8']);
  expect(merge([])).toEqual([]);
  expect(exclude('10.0.0.0/8', '10.64.0.0/10')).toEqual(['10.0.0.0/10', '10.128.0.0/9']);
  expect(exclude(['::/0'], ['::/1', '8000::/1'])).toEqual([]);
  expect(exclude('0.0.0.0/0', '::/0')).toEqual(['0.0.0.0/0']);
  expect(intersect('10.0.0.0/8', ['10.1.0.0/16', '11.0.0.0/8'])).toEqual(['10.1.0.0/16']);
  expect(overlaps('10.0.0.0/8', '::ffff:10.0.0.0/104')).toBe(false);
  expect(contains('10.0.0.0/8', Uint8Array.of(10, 1, 1, 1))).toBe(true);
  expect(contains(['10.0.0.0/9', '10.128.0.0/9'], '10.0.0.0/8')).toBe(true);
  expect(contains('fe80::/10', 'fe80::1%eth0')).toBe(true);
  for (const none of ['', 'nonsense', '10.0.0.0/33', '10.0.0', undefined, null, {}, Symbol('a')]) expect(contains('0.0.0.0/0', none as never)).toBe(false);
});

it('takes parsed values, and gives them when asked', () => {
  const parsed = parseCIDR('10.0.0.0/8')!;
  expect(merge([parsed, '11.0.0.0/8'], { as: 'parsed' })).toEqual([{ version: 4, bytes: Uint8Array.of(10, 0, 0, 0), prefix: 7 }]);
  expect(exclude(parsed, parsed, { as: 'parsed' })).toEqual([]);
  expect(intersect(parsed, '10.0.0.0/9', { as: 'text' })).toEqual(['10.0.0.0/9']);
  // Host bits of a value that was made by hand do not count.
  expect(merge({ version: 4, bytes: Uint8Array.of(10, 9, 9, 9), prefix: 8 })).toEqual(['10.0.0.0/8']);
  expect(rangeToCidrs(Uint8Array.of(1, 2, 3, 4), '1.2.3.5', { as: 'parsed' }).map(({ bytes }) => formatBytes(bytes))).toEqual(['1.2.3.4']);
  expect(normalizeAddress('1.2.3.4')).toBe('1.2.3.4');
});

it('errors name what is wrong', () => {
  const thrown = (call: () => unknown) => {
    try {
      return call();
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
  };
  expect(thrown(() => merge(['10.0.0.0/8', '10.0.0.0/33']))).toMatch(/^ERR_INVALID_ARG_VALUE: The argument 'cidrs\[1\]' must be an address and a prefix length/);
  expect(thrown(() => merge(new Array(1) as never))).toMatch(/^ERR_INVALID_ARG_TYPE: The "cidrs\[0\]" argument/);
  expect(thrown(() => exclude('10.0.0.0/8', [5 as never]))).toMatch(/^ERR_INVALID_ARG_TYPE: The "excluded\[0\]" argument/);
  expect(thrown(() => intersect('10.0.0.0/8', '10.0.0.0'))).toMatch(/^ERR_INVALID_ARG_VALUE: The argument 'b'/);
  expect(thrown(() => contains(undefined as never, '10.0.0.1'))).toMatch(/^ERR_INVALID_ARG_TYPE: The "cidr" argument/);
  expect(thrown(() => rangeToCidrs('10.0.0.2', '10.0.0.1'))).toMatch(/^ERR_INVALID_ARG_VALUE: The argument 'last' must not come before first/);
  expect(thrown(() => rangeToCidrs('10.0.0.2', '::1'))).toMatch(/^ERR_INVALID_ARG_VALUE: The argument 'last' must be an IPv4 address/);
  expect(thrown(() => rangeToCidrs('127.1', '::1'))).toMatch(/^ERR_INVALID_ARG_VALUE: The argument 'first' must be an IP address/);
  expect(thrown(() => merge([], { as: 'json' as never }))).toMatch(/^ERR_INVALID_ARG_VALUE: The property 'options.as' must be 'text' or 'parsed'/);
});

it('merges 200,000 networks', () => {
  const list = Array.from({ length: 200_000 }, (_, i) => ({ version: 4 as const, bytes: Uint8Array.of(10, i >> 16, i >> 8, i), prefix: 32 }));
  expect(merge([...list].reverse())).toEqual(['10.0.0.0/15', '10.2.0.0/16', '10.3.0.0/21', '10.3.8.0/22', '10.3.12.0/24', '10.3.13.0/26']);
});
