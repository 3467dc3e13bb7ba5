import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { connect, createServer, Socket } from '@netstrata/net-compat';

/** Sockets and requests of this process; what vitest itself has open counts too, so only the difference tells. */
function open(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|Connect|Shutdown|Write/.test(name)).sort();
}

/** Unlike `events.once` it does not mind 'error'. */
function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once(name, () => resolve());
  });
}

async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

it('sockets that connected, failed, were dropped or destroyed leave no handle behind', async () => {
  // What the tests before this one have closed is gone then.
  await turns();
  const before = open();
  const server = createServer((peer) => {
    peer.on('error', () => {});
    peer.end('bye');
    peer.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const orderly = connect(port, '127.0.0.1');
  orderly.resume();
  await event(orderly, 'close');

  const destroyed = connect(port, '127.0.0.1');
  destroyed.destroy();
  await event(destroyed, 'close');

  const dialling = connect(port, '127.0.0.1');
  await event(dialling, 'connectionAttempt');
  dialling.destroy();
  await event(dialling, 'close');

  const twice = new Socket().on('error', () => {});
  twice.connect(port, '127.0.0.1');
  twice.connect(port, '127.0.0.1');
  await event(twice, 'close');

  const several = connect({ port, host: 'somewhere', lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.2', family: 4 }, { address: '::1', family: 6 }]) });
  several.on('error', () => {}).resume();
  await event(several, 'close');

  const reset = connect(port, '127.0.0.1');
  reset.resetAndDestroy();
  await event(reset, 'close');

  await new Promise((resolve) => server.close(resolve));
  const refused = connect(port, '127.0.0.1').on('error', () => {});
  await event(refused, 'close');
  await turns();
  expect(open()).toEqual(before);
});

/** Where nobody answers: see below. */
const silent = ['127.0.0.2', '127.0.0.3'];

/** A thread that listens and then stands still: it accepts nobody, so two dials to each address wait to be accepted, and the system leaves all others hanging. */
const standingStill = `
const { parentPort } = require('node:worker_threads');
const listen = (host, port, then) => require('node:net').createServer().listen({ port, host, backlog: 1 }, function () { then(this.address().port); });
listen('${silent[0]}', 0, (port) => listen('${silent[1]}', port, () => {
  parentPort.postMessage(port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}));`;

it('an attempt that is given up for the next address, or with its socket, is closed', async () => {
  const worker = new Worker(standingStill, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const waiting = [...silent, ...silent].map((address) => connect(port, address));
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  await turns();
  const before = open();

  const several = new Socket().on('error', () => {});
  const events: string[] = [];
  for (const name of ['connectionAttempt', 'connectionAttemptTimeout', 'connectionAttemptFailed']) {
    several.on(name, (address: string) => events.push(`${name} ${address}`));
  }
  several.connect({
    port, host: 'somewhere', autoSelectFamilyAttemptTimeout: 10,
    lookup: (_host, _options, callback) => callback(null, [...silent, '127.0.0.1'].map((address) => ({ address, family: 4 }))),
  });
  await event(several, 'close');
  const destroyed = connect(port, silent[0]);
  await turns();
  const during = [destroyed.connecting, open().length > before.length];
  destroyed.destroy();
  await event(destroyed, 'close');
  await turns();
  const after = open();

  for (const socket of waiting) socket.destroy();
  await worker.terminate();
  expect(events).toEqual([...silent.flatMap((address) => [`connectionAttempt ${address}`, `connectionAttemptTimeout ${address}`]), 'connectionAttempt 127.0.0.1', 'connectionAttemptFailed 127.0.0.1']);
  expect(during).toEqual([true, true]);
  expect(after).toEqual(before);
});
