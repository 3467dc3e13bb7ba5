import { once } from 'node:events';
import { expect, it } from 'vitest';
import * as net from '@netstrata/net-compat';

it('an accepted socket gets the idle timeout of its server, and is destroyed by it', async () => {
  const server = net.createServer({ idleTimeout: 30 }, (socket) => { socket.resume(); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  expect(server.idleTimeout).toBe(30);
  const accepted = once(server, 'connection') as Promise<[net.Socket]>;
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1').resume();
  const [socket] = await accepted;
  expect(socket.timeout).toBe(30);
  await once(client, 'close');
  await once(server.close(), 'close');
});

it("who listens for 'timeout' decides", async () => {
  const told: string[] = [];
  const server = net.createServer({ idleTimeout: 20 }, (socket) => {
    socket.resume().once('timeout', () => {
      told.push('timeout');
      socket.end('bye');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1').on('data', (chunk) => told.push(String(chunk)));
  await once(client, 'close');
  expect(told).toEqual(['timeout', 'bye']);
  await once(server.close(), 'close');
});

it('without the option nothing is destroyed, and values are checked', async () => {
  const server = net.createServer((socket) => { socket.setTimeout(10); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[net.Socket]>;
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1').resume();
  const [socket] = await accepted;
  await once(socket, 'timeout');
  expect([server.idleTimeout, socket.destroyed]).toEqual([undefined, false]);
  client.destroy();
  socket.destroy();
  for (const idleTimeout of ['x', -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => net.createServer({ idleTimeout } as never)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/) as string }));
  }
  await once(server.close(), 'close');
});
