import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { AddressInfo } from '@netstrata/net-compat';
import { createNet, systemClock, type Net, type Socket } from '@netstrata/net-compat/core';
import { tcp } from '@netstrata/transport-tcp';

/** Time stands still, where a test does not move it: how fast the machine is must not matter. */
let time = 5;
const clock = { ...systemClock, now: () => time };
const net = createNet({ tcp, clock });

const open: { destroy?(): unknown; close?(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) (one.destroy ?? one.close)!.call(one);
});

/** A socket and the one that the server has accepted, of a net. */
async function pair(of: Pick<Net, 'createServer' | 'connect'>, { client = {}, server = {} }: { client?: object; server?: object } = {}): Promise<{ client: Socket; accepted: Socket }> {
  const listener = of.createServer(server).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const connection = once(listener, 'connection') as Promise<[Socket]>;
  const dialled = of.connect({ port: (listener.address() as AddressInfo).port, host: '127.0.0.1', ...client });
  const [[accepted]] = await Promise.all([connection, once(dialled, 'connect')]);
  open.push(listener, dialled, accepted);
  return { client: dialled, accepted };
}

/** How many bytes have left. */
function leftOf(socket: Socket): number {
  return (socket as unknown as { _bytesDispatched: number })._bytesDispatched;
}

/** How many of three bytes, written in a tick, have left at once. */
function leavesAtOnce(socket: Socket): number {
  const before = leftOf(socket);
  for (const byte of ['a', 'b', 'c']) socket.write(byte);
  return leftOf(socket) - before;
}

it('the first write of a tick leaves at once, and the others at its end', async () => {
  const { client } = await pair(net);
  expect(leavesAtOnce(client)).toBe(1);
  await new Promise(setImmediate);
  expect(leftOf(client)).toBe(3);
});

describe('without gathering every write leaves at once', () => {
  it('of a socket that was told so', async () => {
    const { client, accepted } = await pair(net, { client: { gather: false } });
    expect([leavesAtOnce(client), leavesAtOnce(accepted)]).toEqual([3, 1]);
  });

  it('of the sockets of a server that was told so', async () => {
    const { client, accepted } = await pair(net, { server: { gather: false } });
    expect([leavesAtOnce(client), leavesAtOnce(accepted)]).toEqual([1, 3]);
  });

  it('of all sockets of a net that was told so, but for those that were told otherwise', async () => {
    const { client, accepted } = await pair(createNet({ tcp, clock, gather: false }), { client: { gather: true } });
    expect([leavesAtOnce(client), leavesAtOnce(accepted)]).toEqual([1, 3]);
  });
});

/** A thread that dials, or listens, with the builtin and counts the bytes that come. */
const thread = `
const { parentPort, workerData: { count, port } } = require('node:worker_threads');
const net = require('node:net');
const counts = (socket) => socket.on('error', () => {}).on('data', (data) => { Atomics.add(count, 0, data.length); Atomics.notify(count, 0); });
if (port > 0) counts(net.connect(port, '127.0.0.1'));
else { const server = net.createServer(counts).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port)); }`;

/** Whether a peer has each byte before the tick ends in which it is written: this thread stands still meanwhile. */
function arrives(socket: Socket, count: Int32Array): boolean {
  let seen = 0;
  for (let byte = 1; byte <= 3; byte++) {
    socket.write('x');
    while (seen < byte && Atomics.wait(count, 0, seen, 5000) !== 'timed-out') seen = Atomics.load(count, 0);
  }
  return seen === 3;
}

describe('without gathering the kernel has every byte when write returns', () => {
  it('of a socket', async () => {
    const count = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(thread, { eval: true, workerData: { count, port: 0 } });
    const [port] = (await once(worker, 'message')) as [number];
    const client = net.connect({ port, host: '127.0.0.1', gather: false });
    open.push({ close: () => worker.terminate() }, client);
    await once(client, 'connect');
    expect(arrives(client, count)).toBe(true);
  });

  it('of a socket that a server has accepted', async () => {
    const count = new Int32Array(new SharedArrayBuffer(4));
    const server = net.createServer({ gather: false }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const worker = new Worker(thread, { eval: true, workerData: { count, port: (server.address() as AddressInfo).port } });
    const [accepted] = (await once(server, 'connection')) as [Socket];
    open.push({ close: () => worker.terminate() }, server, accepted);
    expect(arrives(accepted, count)).toBe(true);
  });
});

it('who reaches for the handle finds nothing gathered', async () => {
  const { client } = await pair(net);
  leavesAtOnce(client);
  expect((client as unknown as { _handle: unknown })._handle).toBeTypeOf('object');
  expect(leftOf(client)).toBe(3);
});

it('a write that comes a millisecond later sends what all sockets of the net have gathered', async () => {
  const { client, accepted } = await pair(net);
  const { client: other } = await pair(createNet({ tcp, clock: { ...clock } }));
  expect([leavesAtOnce(client), leavesAtOnce(accepted), leavesAtOnce(other)]).toEqual([1, 1, 1]);
  time += 0.9;
  client.write('d');
  expect([leftOf(client), leftOf(accepted)]).toEqual([1, 1]);
  time += 0.1;
  client.write('e');
  expect([leftOf(client), leftOf(accepted)]).toEqual([4, 3]);
  client.write('f');
  expect(leftOf(client)).toBe(4);
  expect(leftOf(other)).toBe(1);
  await new Promise(setImmediate);
  expect([leftOf(client), leftOf(accepted)]).toEqual([6, 3]);
});
