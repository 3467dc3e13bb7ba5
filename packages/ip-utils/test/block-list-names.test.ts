import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';

const refusal = (code: string, message: string): unknown => expect.objectContaining({ code, message: expect.stringContaining(message) as unknown });

it('private ranges are those of RFC 1918, RFC 4193, loopback and link-local', () => {
  expect(BlockList.PRIVATE_RANGES).toEqual([
    '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7',
  ]);
  expect(Object.isFrozen(BlockList.PRIVATE_RANGES)).toBe(true);
});

it('what is removed without a family is IPv4', () => {
  const list = new BlockList();
  list.addAddress('1.2.3.4');
  list.addAddress('::1', 'ipv6');
  list.removeAddress('1.2.3.4');
  expect([list.size, list.check('1.2.3.4'), list.check('::1', 'IPV6')]).toEqual([1, false, true]);
});

it.each<[string, (list: BlockList) => unknown, string, string]>([
  ['an address', (list) => list.addAddress(5 as never), 'ERR_INVALID_ARG_TYPE', 'The "address" argument must be of type string'],
  ['an address to remove', (list) => list.removeAddress(5 as never), 'ERR_INVALID_ARG_TYPE', 'The "address" argument must be of type string'],
  ['a family', (list) => list.addAddresses([], 5 as never), 'ERR_INVALID_ARG_TYPE', 'The "family" argument must be of type string'],
  ['a start', (list) => list.removeRange(5 as never, '1.2.3.4'), 'ERR_INVALID_ARG_TYPE', 'The "start" argument must be of type string'],
  ['an end', (list) => list.removeRange('1.2.3.4', 5 as never), 'ERR_INVALID_ARG_TYPE', 'The "end" argument must be of type string'],
  ['one of several CIDRs', (list) => list.addCIDRs(['10.0.0.0/8', 5 as never]), 'ERR_INVALID_ARG_TYPE', 'The "cidrs[1]" argument must be of type string'],
  ['a CIDR', (list) => list.addCIDR(5 as never), 'ERR_INVALID_ARG_TYPE', 'The "cidr" argument must be of type string'],
  ['a prefix that is no number', (list) => list.addCIDR('10.0.0.0/x'), 'ERR_INVALID_ARG_VALUE', "The argument 'cidr' "],
  ['JSON of other things', (list) => list.fromJSON([5] as never), 'ERR_INVALID_ARG_TYPE', 'The "data" argument must be of type string or string[]'],
])('%s is refused by its name', (_, call, code, message) => {
  const list = new BlockList();
  expect(() => call(list)).toThrow(refusal(code, message));
  expect(list.size).toBe(0);
});
