import net from 'node:net';
import { expect, it, vi } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { SocketAddress } from '../src/socket-address/index.js';

it('two copies of the package take each other\'s instances', async () => {
  vi.resetModules();
  const other = { ...(await import('../src/block-list/index.js')), ...(await import('../src/socket-address/index.js')) };
  expect(other.SocketAddress).not.toBe(SocketAddress);
  expect(SocketAddress.isSocketAddress(new other.SocketAddress())).toBe(true);
  expect(BlockList.isBlockList(new other.BlockList())).toBe(true);
  const list = new BlockList();
  list.addAddress(new other.SocketAddress({ address: '1.2.3.4' }));
  list.addRange(new other.SocketAddress({ address: '1::', family: 'ipv6' }), '2::', 'ipv6');
  expect(list.check(new other.SocketAddress({ address: '1.2.3.4' }))).toBe(true);
  expect(list.check(new other.SocketAddress({ address: '1::9', family: 'ipv6' }))).toBe(true);
});

it('nothing else is taken for an instance', () => {
  for (const value of [undefined, null, 5, 'x', {}, net, new net.SocketAddress({}), new net.BlockList(), SocketAddress, BlockList.prototype]) {
    expect([SocketAddress.isSocketAddress(value), BlockList.isBlockList(value)]).toEqual([false, false]);
  }
  expect(SocketAddress.isSocketAddress(new BlockList())).toBe(false);
  expect(SocketAddress.isSocketAddress(Object.create(new SocketAddress()))).toBe(true);
});
