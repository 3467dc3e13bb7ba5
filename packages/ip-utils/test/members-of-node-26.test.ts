import net from 'node:net';
import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { SocketAddress } from '../src/socket-address/index.js';

// Node 26.10, without the two symbols of structured clone, which cannot be had outside of Node.
const kInspect = Symbol.for('nodejs.util.inspect.custom');
const members = {
  BlockList: [
    'constructor/0', 'addAddress/1', 'addAddresses/1', 'addRange/2', 'addSubnet/2', 'addCIDR/1', 'addCIDRs/1', 'removeAddress/1', 'removeRange/2', 'removeSubnet/2', 'removeCIDR/1', 'check/1', 'clear/0', 'toJSON/0', 'fromJSON/1',
    'rules', 'size', 'Symbol(nodejs.util.inspect.custom)/2',
  ],
  SocketAddress: ['constructor/0', 'address', 'port', 'family', 'flowlabel', 'toJSON/0', 'Symbol(nodejs.util.inspect.custom)/2'],
};
const statics = { BlockList: ['PRIVATE_RANGES', 'isBlockList/1'], SocketAddress: ['isSocketAddress/1', 'parse/1'] };

function describeMembers(object: object): string[] {
  return Reflect.ownKeys(object)
    .filter((key) => !['length', 'name', 'prototype'].includes(String(key)) && !String(key).startsWith('Symbol(messaging'))
    .map((key) => {
      const { value } = Object.getOwnPropertyDescriptor(object, key) as { value?: unknown };
      return String(key) + (typeof value === 'function' ? `/${value.length}` : '');
    });
}
const flags = (object: object, key: string | symbol) => {
  const field = Object.getOwnPropertyDescriptor(object, key) as Record<string, unknown>;
  return [...['value', 'get', 'set'].map((name) => typeof field[name]), field.writable, field.enumerable, field.configurable];
};

it.each([['BlockList', BlockList] as const, ['SocketAddress', SocketAddress] as const])('%s has every member of Node 26', (name, Class) => {
  expect(describeMembers(Class.prototype).sort()).toEqual([...members[name]].sort());
  expect(describeMembers(Class).sort()).toEqual([...statics[name]].sort());
  expect([Class.name, Class.length]).toEqual([name, 0]);
  expect(() => (Class as unknown as () => void)()).toThrow(TypeError);
});

it.each([['BlockList', BlockList] as const, ['SocketAddress', SocketAddress] as const])('%s has every member of the running Node, with the same flags', (name, Class) => {
  for (const [mine, theirs] of [[Class, net[name]], [Class.prototype, net[name].prototype]] as [object, object][]) {
    for (const member of describeMembers(theirs)) {
      const key = member.startsWith('Symbol(') ? kInspect : member.replace(/\/\d$/, '');
      expect(describeMembers(mine)).toContain(member);
      expect(flags(mine, key), member).toEqual(flags(theirs, key));
    }
  }
});

it('PRIVATE_RANGES is frozen and loads', () => {
  expect(Object.isFrozen(BlockList.PRIVATE_RANGES)).toBe(true);
  expect(BlockList.PRIVATE_RANGES).toEqual((net.BlockList as unknown as typeof BlockList).PRIVATE_RANGES ?? ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7']);
});
