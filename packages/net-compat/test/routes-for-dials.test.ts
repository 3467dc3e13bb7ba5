import { once } from 'node:events';
import { createNetwork } from '@netstrata/transport-memory';
import { expect, it } from 'vitest';
import { createNet, type Route } from '../src/core.js';
import type { AddressInfo } from '../src/index.js';
import { watched } from './support/two-networks.js';

/** A net with a route that is told what it is for, and what was given to the route and to the transport behind it. */
function made(listen: boolean | undefined) {
  const host = createNetwork().host('here', '10.0.0.1');
  const [routed, direct]: unknown[][] = [[], []];
  const net = createNet({ routes: [{ transport: watched(host.tcp, routed), listen }], tcp: watched(host.tcp, direct), lookup: host.lookup });
  return { net, routed, direct };
}

it.each([[{ host: '10.0.0.1', port: 0 }], [{ port: 0 }], [{ host: 'here', port: 0 }]])('a route with `listen: false` gets dials, and no listening on %o', async (where) => {
  const { net, routed, direct } = made(false);
  const server = net.createServer((socket) => socket.end()).listen(where);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect([routed.length, direct.length]).toEqual([0, 1]);
  await once(net.connect(port, '10.0.0.1').resume(), 'close');
  expect([routed.length, direct.length]).toEqual([1, 1]);
});

it.each([true, undefined])('a route with `listen: %s` gets both', async (listen) => {
  const { net, routed, direct } = made(listen);
  await once(net.createServer().listen(0), 'listening');
  expect([routed.length, direct.length]).toEqual([1, 0]);
});

it('`listen` of a route is true or false', () => {
  const { tcp } = createNetwork().host('here');
  for (const listen of [null, 'false', 0]) {
    expect(() => createNet({ routes: [{ transport: tcp, listen } as unknown as Route] })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining('"options.routes[0].listen" property must be of type boolean') as string,
    }) as Error);
  }
});
