import net from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SocketAddress } from '../src/socket-address/index.js';
import { nodeHas, nodes, ours, outcome } from './support/lists.js';

const values = [undefined, null, 1, -0, NaN, 1.5, 8n, true, 'x', '', "it's", `it's "x"`, 'y'.repeat(40), '1.2.3.4', '::1', Symbol('s'), () => {}, function named() {}, {}, [], new Map(), Object.create(null) as unknown, new Date(0)];
const families = [undefined, 'ipv4', 'IPv6', 'x', '', null, 4, {}];
const prefixes = [undefined, null, '8', -1, 33, 129, 1.5, NaN, Infinity, -(2 ** 40), 2 ** 32, 2 ** 40, 1e21, -1.5e21, {}, 8n];
const cidrs = ['10.0.0.0', '10.0.0.0/', '/8', '10.0.0.0/8/8', '10.0.0.0/08', '10.0.0.0/8 ', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/-0', '10.0.0.0/1.0', '10.0.0.0/+8', '10.0.0.0/0x8', '10.0.0.0/1e1', '10.0.0.0/1e+21', '10.0.0.0/NaN', '::/129', '[::]/0', '10/8', 'fe80::%lo/64', '10.0.0.0/8\n'];

const calls: [string, ...unknown[]][] = [
  ...['addAddress', 'check', 'removeAddress'].flatMap((method) => values.flatMap((value) => families.map((family): [string, ...unknown[]] => [method, value, family]))),
  ...['addRange', 'removeRange'].flatMap((method) => [
    ...values.flatMap((value): [string, ...unknown[]][] => [[method, value, '1.2.3.4'], [method, '1.2.3.4', value]]),
    ...families.map((family): [string, ...unknown[]] => [method, '1.2.3.4', '1.2.3.5', family]),
    [method, '1.2.3.5', '1.2.3.4'], [method, '::2', '::1', 'ipv6'], [method, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::1', 'ipv6'],
  ] as [string, ...unknown[]][]),
  ...['addSubnet', 'removeSubnet'].flatMap((method) => [
    ...prefixes.flatMap((prefix): [string, ...unknown[]][] => [[method, '1.2.3.4', prefix], [method, '::1', prefix, 'ipv6']]),
    ...values.map((value): [string, ...unknown[]] => [method, value, 8]),
  ]),
  ...['addCIDR', 'removeCIDR'].flatMap((method) => [...values, ...cidrs].map((cidr): [string, ...unknown[]] => [method, cidr])),
  ...[undefined, null, 1, 'x', {}, { length: 1 }, new Set(), [], [1], ['10.0.0.0/8', null], ['10.0.0.0/8', 'x'], ['10.0.0.0/8', '10.0.0.0/33']].map((list): [string, ...unknown[]] => ['addCIDRs', list]),
  ...[undefined, null, 'x', {}, [], [1], ['1.2.3.4', null], ['1.2.3.4', 'x'], [undefined]].flatMap((list) => families.map((family): [string, ...unknown[]] => ['addAddresses', list, family])),
];

describe('BlockList refuses what node:net refuses, in its words', () => {
  for (const method of new Set(calls.map(([name]) => name))) {
    it.runIf(nodeHas(method))(method, () => {
      for (const [, ...args] of calls.filter(([name]) => name === method)) {
        const [mine, theirs] = [ours(), nodes()];
        expect(outcome(() => mine[method](...args)), inspect(args)).toEqual(outcome(() => theirs[method](...args)));
        expect(mine.rules).toEqual(theirs.rules);
      }
    });
  }

  it('has codes and names of its own accord', () => {
    expect(outcome(() => ours().addAddress(5))).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message: 'The "address" argument must be of type string. Received type number (5)' });
    expect(outcome(() => ours().addAddress('x'))).toMatchObject({ name: 'Error', code: 'ERR_INVALID_ADDRESS', message: 'Invalid socket address' });
    expect(outcome(() => ours().addSubnet('::', 129, 'ipv6'))).toMatchObject({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE', message: 'The value of "prefix" is out of range. It must be >= 0 && <= 128. Received 129' });
    expect(outcome(() => ours().addCIDR('10.0.0.0'))).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message: 'The argument \'cidr\' must contain a prefix length (e.g. "10.0.0.0/8"). Received \'10.0.0.0\'' });
    expect(outcome(() => ours().addAddresses(['1.2.3.4', null]))).toMatchObject({ message: 'The "addresses[1]" argument must be of type string. Received null' });
  });

  it('keeps the code out of `name`, in the head of the stack, and as the only enumerable field', () => {
    try {
      ours().addAddress(5);
    } catch (error) {
      expect(Object.keys(error as object)).toEqual(['code']);
      expect((error as Error).constructor).toBe(TypeError);
      expect((error as Error).stack).toMatch(/^TypeError \[ERR_INVALID_ARG_TYPE\]: The "address"/);
    }
    expect.assertions(3);
  });

  it('does not take the builtin SocketAddress nor a look-alike', () => {
    for (const value of [new net.SocketAddress({}), { address: '1.2.3.4', family: 'ipv4', port: 0, flowlabel: 0 }]) expect(outcome(() => ours().addAddress(value))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    const forged = Object.create(SocketAddress.prototype, { [Symbol.for('@netstrata/ip-utils.SocketAddress')]: { value: { address: 5, family: 'ipv4' } } }) as unknown;
    expect(outcome(() => ours().addAddress(forged))).toMatchObject({ code: 'ERR_INVALID_ADDRESS' });
    expect(ours().check(forged)).toBe(false);
  });
});
