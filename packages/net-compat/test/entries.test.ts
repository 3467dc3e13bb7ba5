import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import * as core from '../src/core.js';
import net from '../src/index.js';

it('the main entry has the classes of core', () => {
  expect(net).toMatchObject({ Socket: core.Socket, Server: core.Server });
});

/** Not documented: internals of Node that make native handles; and what modules have. */
const WITHOUT = ['_TransferredBoundSocket', '_createServerHandle', '_setSimultaneousAccepts', 'default', 'module.exports'];
const missing = (from: object) => Object.keys(builtin).filter((name) => !(name in from) && !WITHOUT.includes(name));

it('the main entry has everything that node:net has', () => {
  expect(missing(net)).toEqual([]);
});

it('a net of createNet has it too, and its classes work there', () => {
  const made = core.createNet({});
  expect(missing(made)).toEqual([]);
  expect([made.BlockList, made.SocketAddress]).toEqual([core.BlockList, core.SocketAddress]);
  const list = new made.BlockList();
  list.addAddress(new made.SocketAddress({ address: '10.0.0.1' }));
  expect(list.check('10.0.0.1')).toBe(true);
});
