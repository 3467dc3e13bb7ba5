import { once } from 'node:events';
import { createServer } from 'node:net';
import { tunnel } from '@netstrata/gateway/tunnel';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { createNet } from '@netstrata/net-compat/core';
import { expect, it, onTestFinished } from 'vitest';
import { startHaproxy } from '../../src/balancers.mjs';
import { programOf } from '../../src/programs.mjs';
import { startGateway } from './support/gateway.mjs';

const haproxy = await programOf('haproxy');
const STREAMS = 20;

/** A server that sends without end to everybody. */
async function fire() {
  const server = createServer((socket) => {
    const more = () => { while (!socket.destroyed && socket.write(Buffer.alloc(65_536))); };
    socket.on('error', () => {}).on('drain', more);
    more();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => { server.close(); });
  return server.address().port;
}

async function gatewayTo(port) {
  const gateway = await startGateway(['--trust', 'loopback', '--open-to-everyone', '--allow', `127.0.0.1:${port}`]);
  onTestFinished(gateway.stop);
  return gateway;
}

/** Streams under load, each with how it ends: the code of its error, or 'end'. */
async function loaded(way, port) {
  const net = createNet({ tcp: way });
  const sockets = Array.from({ length: STREAMS }, () => net.connect(port, '127.0.0.1'));
  const ends = sockets.map((socket) => new Promise((resolve) => {
    socket.on('error', ({ code }) => resolve(code)).on('end', () => resolve('end'));
  }));
  await Promise.all(sockets.map((socket) => once(socket, 'data')));
  onTestFinished(() => { for (const socket of sockets) socket.destroy(); });
  return { sockets, ends };
}

const hasCarrier = ({ lines }) => lines.some(({ event }) => event === 'carrier opened');

it.skipIf(typeof haproxy === 'string')('of two gateways behind HAProxy one is killed: every stream of it is ECONNRESET, those of the other go on, and new ones go there', async () => {
  const [port, destination] = [await freePort(), await fire()];
  const gateways = [await gatewayTo(destination), await gatewayTo(destination)];
  const servers = gateways.map((gateway, i) => `  server s${i} 127.0.0.1:${gateway.port} check inter 100 fall 1 on-marked-down shutdown-sessions`);
  const lines = [`frontend all`, `  bind 127.0.0.1:${port}`, '  default_backend gateways', 'backend gateways', '  balance roundrobin', '  option redispatch', '  retries 3', ...servers];
  onTestFinished(await startHaproxy(haproxy, lines.join('\n')));

  const ways = [tunnel(`ws://127.0.0.1:${port}/`), tunnel(`ws://127.0.0.1:${port}/`)];
  onTestFinished(() => { for (const way of ways) way.close(); });
  const first = await loaded(ways[0], destination);
  const dead = hasCarrier(gateways[0]) ? gateways[0] : gateways[1];
  const second = await loaded(ways[1], destination);
  expect(gateways.every(hasCarrier)).toBe(true);

  dead.kill('SIGKILL');
  expect(await Promise.all(first.ends)).toEqual(Array.from({ length: STREAMS }, () => 'ECONNRESET'));
  const next = createNet({ tcp: ways[0] }).connect(destination, '127.0.0.1');
  onTestFinished(() => { next.destroy(); });
  await once(next, 'data');
  expect(ways[0].status.dials).toBe(2);
  await Promise.all(second.sockets.map((socket) => once(socket, 'data')));
});
