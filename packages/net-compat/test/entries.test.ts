import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import * as core from '../src/core.js';
import net from '../src/index.js';

it('the main entry has the classes of core', () => {
  expect(net).toMatchObject({ Socket: core.Socket, Server: core.Server });
});

it('the main entry has everything that node:net has', () => {
  // Not documented, or newer than what this package offers: see README.md.
  const without = ['BoundSocket', '_TransferredBoundSocket', '_createServerHandle', '_setSimultaneousAccepts', 'default', 'module.exports'];
  expect(Object.keys(builtin).filter((name) => !(name in net) && !without.includes(name))).toEqual([]);
});
