import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import { simulate } from '../src/index.js';

it("a host's net has everything that node:net has", () => {
  const { net } = simulate().host('a');
  // Internals of Node that make native handles, and what modules have.
  const without = ['_TransferredBoundSocket', '_createServerHandle', '_setSimultaneousAccepts', 'default', 'module.exports'];
  expect(Object.keys(builtin).filter((name) => !(name in net) && !without.includes(name))).toEqual([]);
});

it('a server keeps out who is on a block list of its net', async () => {
  const world = simulate();
  const server = world.host('server');
  const client = world.host('client', '10.0.0.66');
  const blockList = new server.net.BlockList();
  blockList.addSubnet(new server.net.SocketAddress({ address: '10.0.0.64' }), 26);
  const met: string[] = [];
  await world.run(async () => {
    server.net.createServer({ blockList } as never, () => { met.push('connection'); }).listen(80);
    const socket = client.net.connect(80, 'server').resume();
    await new Promise((resolve) => socket.on('close', resolve));
  });
  expect(met).toEqual([]);
});
