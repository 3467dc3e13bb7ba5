import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket as Dialled } from 'node:net';
import type { Socket } from '@netstrata/net-compat/core';
import { afterAll, expect, it } from 'vitest';
import type { Command } from '../src/index.js';
import { netOf, program } from './support/programs.js';

/** Programs dial it and keep the connection for as long as they are there. */
const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => void server.close());

/** A program that dials that server, and then lives until it is killed, whatever happens to its input. It says 'here', unless it never gets where it should. */
function stubborn(connected?: string): Command {
  const then = connected === undefined ? "() => process.stdout.write('here')" : '() => {}';
  return program(`process.on('SIGTERM', () => {}); require('net').connect(${(server.address() as AddressInfo).port}, '127.0.0.1', ${then})`, connected);
}

interface Started {
  readonly socket: Socket;
  readonly isThere: () => boolean;
  /** Resolves when the system has closed what the program had open. */
  readonly gone: Promise<unknown>;
}

async function started(connected?: string): Promise<Started> {
  const socket = netOf(stubborn(connected)).connect('there');
  const [held] = (await once(server, 'connection')) as [Dialled];
  let isThere = true;
  const gone = new Promise<void>((resolve) => {
    held.on('error', () => {}).resume().on('close', () => {
      isThere = false;
      resolve();
    });
  });
  return { socket, isThere: () => isThere, gone };
}

it('closing takes the process along, after a while if need be', async () => {
  const { socket, gone } = await started();
  await once(socket, 'data');
  socket.destroy();
  await once(socket, 'close');
  await gone;
});

it('so it does when the writing side has ended before', async () => {
  const { socket, gone } = await started();
  await once(socket, 'data');
  socket.end();
  await once(socket, 'finish');
  socket.destroy();
  await gone;
});

it('a write that is pending does not keep it', async () => {
  const { socket, gone } = await started();
  await once(socket, 'data');
  socket.write(Buffer.alloc(10_000_000));
  socket.destroy();
  await gone;
});

it('a process that does not get there is ended by giving up', async () => {
  const { socket, isThere, gone } = await started('never');
  expect([socket.connecting, isThere()]).toEqual([true, true]);
  socket.destroy();
  await gone;
});

it('ends well when the program does', async () => {
  const socket = netOf(program("process.stdout.write('bye')")).connect('there');
  socket.resume();
  const [hadError] = (await once(socket, 'close')) as [boolean];
  expect([hadError, socket.bytesRead]).toEqual([false, 3]);
});
