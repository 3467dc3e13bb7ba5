import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { addition, address, nodeHas, nodes, ours, outcome } from './support/lists.js';

it('what toJSON gives, fromJSON takes, as array or text', () => {
  fc.assert(fc.property(fc.array(addition, { maxLength: 10 }), fc.array(address, { minLength: 1, maxLength: 10 }), (steps, questions) => {
    const list = ours();
    for (const [method, ...args] of steps) outcome(() => list[method](...args));
    const [fromText, fromArray] = [ours(), ours()];
    fromText.fromJSON(JSON.stringify(list));
    fromArray.fromJSON(list.toJSON());
    expect(fromText.size).toBe(list.size);
    for (const question of questions) {
      expect(fromText.check(...question)).toBe(list.check(...question));
      expect(fromArray.check(...question)).toBe(list.check(...question));
    }
  }), { numRuns: 500 });
});

it('adds to the rules that are there', () => {
  const list = new BlockList();
  list.addAddress('9.9.9.9');
  list.fromJSON(['Address: IPv4 1.2.3.4', 'zzSubnet: IPv6 1::/8', 'nonsense', 'Address:  IPv4 1.2.3.5']);
  expect(list.rules).toEqual(['Address: IPv4 1.2.3.4', 'Address: IPv4 9.9.9.9', 'Subnet: IPv6 1::/8']);
});

it.runIf(nodeHas('fromJSON')).each([
  undefined, null, 1, {}, '', '[', '{}', '"x"', 'null', '5', '[1]', [1], ['x'], ['Address: IPv4 1.2.3.4', 5], new Set(['x']), '["Address: IPv4 1.2.3.4"]', ['Subnet: IPv4 1.2.3.4/33'], ['Subnet: IPv4 1.2.3.4/333'],
  ['Address: IPv4 999.2.3.4'], ['Address: IPv4 01.2.3.4'], ['Range: IPv4 1.2.3.9-1.2.3.4'], ['address: ipv6 ::1'], ['address: IPv6 ::1'], ['SUBNET: IPv6 1::/008'], ['Address: IPv6 fe80::1%lo'], ['Address: IPv6 :::::'],
  ['Subnet: IPv6 1::/129'], ['Subnet: IPv6 1::/1299'], ['Address: IPv4 1.2.3.4 Subnet: IPv4 5.0.0.0/8'], ['Range: IPv4 0.0.0.1-::ffff'], ['Range: IPv6 ::1-1.2.3.4'], ['Address: IPv4 1.2.3.4.5'], ['Address: IPv4 1.2.3.4567'],
  ['IPv4 Address: IPv6 ::1'], [`Address: IPv6 ${'1'.repeat(60)}`], ['Range: IPv4 1.2.3.4-1.2.3.4567'], ['Subnet: IPv4 1.2.3.4/ Address: IPv4 1.1.1.1'], ['Address: IPv4 1.2.3.4', 'Address: IPv4 999.1.1.1'],
])('fromJSON does with %j what node:net does', (data) => {
  const [mine, theirs] = [ours(), nodes()];
  expect(outcome(() => mine.fromJSON(data))).toEqual(outcome(() => theirs.fromJSON(data)));
  expect([...mine.rules].sort()).toEqual([...theirs.rules].sort());
});
