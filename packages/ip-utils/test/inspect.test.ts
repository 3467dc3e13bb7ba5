import net from 'node:net';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { SocketAddress } from '../src/socket-address/index.js';

const kInspect = Symbol.for('nodejs.util.inspect.custom');
type Inspectable = Record<symbol, (depth: number, options?: object) => unknown>;
const address = { address: '2001:db8:1:2:3:4:5:6', family: 'ipv6', port: 65535, flowlabel: 7 } as const;
const list = <T extends { addSubnet: (...args: [string, number]) => void }>(empty: T) => {
  for (let i = 0; i < 150; i++) empty.addSubnet(`10.${i}.0.0`, 16);
  return empty;
};
const pairs: [string, unknown, unknown][] = [
  ['SocketAddress', new SocketAddress(), new net.SocketAddress({})],
  ['long SocketAddress', new SocketAddress(address), new net.SocketAddress(address)],
  ['empty BlockList', new BlockList(), new net.BlockList()],
  ['long BlockList', list(new BlockList()), list(new net.BlockList())],
];

it.each(pairs)('util.inspect shows a %s as it shows the builtin', (_, mine, theirs) => {
  for (const options of [{}, { depth: 0 }, { depth: null }, { compact: false }, { colors: true }, { breakLength: 30 }]) {
    for (const wrap of [(value: unknown) => value, (a: unknown) => ({ a }), (b: unknown) => ({ a: [b] })]) {
      expect(inspect(wrap(mine), options)).toBe(inspect(wrap(theirs), options));
    }
  }
});

it('without a util.inspect that asks, it shows itself the same', () => {
  expect((new SocketAddress() as unknown as Inspectable)[kInspect](2, {})).toBe(inspect(new net.SocketAddress({})));
  const itself = new BlockList() as unknown as Inspectable;
  expect(itself[kInspect](2, {})).toBe('BlockList { rules: [] }');
  expect(itself[kInspect](-1, {})).toBe(itself);
});
