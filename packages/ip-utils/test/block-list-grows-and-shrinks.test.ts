import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';

const COUNT = 30_000;
/** Of no order that would suit anybody. */
const shuffled = Array.from({ length: COUNT }, (_, i) => (i * 7919 + 13) % COUNT);
const ipv4 = (n: number): string => `${1 + (n >>> 16)}.${(n >>> 8) & 255}.${n & 255}.0`;
const ipv6 = (n: number): string => `2001:db8:${n.toString(16)}::`;

// Were each of these steps as long as the list, all of them would take minutes.
it.each([1, 17])('a list is checked after every %i of many additions', (step) => {
  const list = new BlockList();
  let found = 0;
  shuffled.forEach((n, i) => {
    list.addSubnet(ipv4(n), 24);
    list.addAddress(ipv6(n), 'ipv6');
    if (i % step !== 0) return;
    for (const [address, family] of [[ipv4(n), 'ipv4'], [ipv6(n), 'ipv6']]) if (list.check(address, family)) found++;
    if (list.check('9.9.9.9') || list.check('::5', 'ipv6')) found = Number.NaN;
  });
  expect(found).toBe(2 * Math.ceil(COUNT / step));
});

it('a list is checked after every one of many removals', () => {
  const list = new BlockList();
  for (const n of shuffled) {
    list.addSubnet(ipv4(n), 24);
    list.addRange(ipv6(n), `${ipv6(n)}f`, 'ipv6');
    list.addAddress(`${ipv6(n)}ff`, 'ipv6');
  }
  expect(list.size).toBe(3 * COUNT);
  let left = 0;
  for (let n = 0; n < COUNT; n++) {
    list.removeSubnet(ipv4(n), 24);
    list.removeRange(ipv6(n), `${ipv6(n)}f`, 'ipv6');
    list.removeAddress(`${ipv6(n)}ff`, 'ipv6');
    if (list.check(ipv4(n)) || list.check(`${ipv6(n)}7`, 'ipv6') || list.check(`${ipv6(n)}ff`, 'ipv6')) left++;
  }
  expect([left, list.size]).toEqual([0, 0]);
});

it('a list of many rules goes through JSON', () => {
  const list = new BlockList();
  for (const n of shuffled) list.addSubnet(ipv4(n), 24);
  const other = new BlockList();
  other.fromJSON(JSON.stringify(list));
  expect(other.size).toBe(COUNT);
  expect(other.check(ipv4(COUNT - 1))).toBe(true);
});
