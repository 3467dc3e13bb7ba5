import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createNet, type Net } from '@netstrata/net-compat/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { overPorts } from '../src/index.js';

let worker: Worker;
let net: Net;

/** A thread that serves 'echo', and a net that reaches it. */
beforeEach(async () => {
  const { port1, port2 } = new MessageChannel();
  worker = new Worker(new URL('support/echo-worker.mjs', import.meta.url), { execArgv: [], workerData: { trunk: port2 }, transferList: [port2] });
  net = createNet({ ipc: overPorts(port1) });
  await once(worker, 'message');
});

afterEach(() => worker.terminate());

it('carries a megabyte to another thread and back', async () => {
  const client = net.connect('echo');
  const bytes = Buffer.alloc(1_000_000, 'over ports ');
  client.end(bytes);
  const chunks: Buffer[] = [];
  client.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(client, 'close');
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  expect(client.bytesRead).toBe(bytes.length);
});

it('refuses a name that nobody listens on', async () => {
  const [error] = (await once(net.connect('nobody'), 'error')) as [Error];
  expect(error).toMatchObject({ message: 'connect ECONNREFUSED nobody', code: 'ECONNREFUSED', syscall: 'connect', address: 'nobody' });
});

it('fails with ECONNRESET, and does not end, when the other thread dies', async () => {
  const client = net.connect('echo');
  let ended = false;
  client.on('end', () => (ended = true)).resume();
  await once(client, 'connect');
  const failed = once(client, 'error');
  await worker.terminate();
  const [error] = (await failed) as [Error];
  expect(error).toMatchObject({ message: 'read ECONNRESET', code: 'ECONNRESET' });
  expect(ended).toBe(false);
});

it('refuses when the other thread is gone', async () => {
  await worker.terminate();
  const [error] = (await once(net.connect('echo'), 'error')) as [Error];
  expect(error).toMatchObject({ message: 'connect ECONNREFUSED echo' });
});
