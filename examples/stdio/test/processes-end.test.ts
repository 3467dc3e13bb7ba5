import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from '@netstrata/net-compat/core';
import { expect, it, vi } from 'vitest';
import { isAlive, netOf, program } from './support/programs.js';

/** A program that tells its process id and then lives until it is killed, whatever happens to its input. */
const stubborn = program("process.on('SIGTERM', () => {}); process.stdout.write(String(process.pid)); setInterval(() => {}, 1000)");

async function started(): Promise<{ socket: Socket; pid: number }> {
  const socket = netOf(stubborn).connect('there');
  const [pid] = (await once(socket, 'data')) as [Buffer];
  return { socket, pid: Number(pid) };
}

const gone = (pid: number): Promise<void> => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });

it('closing takes the process along, after a while if need be', async () => {
  const { socket, pid } = await started();
  socket.destroy();
  await once(socket, 'close');
  await gone(pid);
});

it('so it does when the writing side has ended before', async () => {
  const { socket, pid } = await started();
  socket.end();
  await once(socket, 'finish');
  socket.destroy();
  await gone(pid);
});

it('a write that is pending does not keep it', async () => {
  const { socket, pid } = await started();
  socket.write(Buffer.alloc(10_000_000));
  socket.destroy();
  await gone(pid);
});

it('a process that does not get there is ended by giving up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stdio-'));
  const file = join(folder, 'pid');
  const socket = netOf(program(`require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`, 'never')).connect('there');
  const pid = Number(await vi.waitFor(() => readFileSync(file, 'utf8') || Promise.reject(new Error('not yet')), { timeout: 10_000 }));
  expect([socket.connecting, isAlive(pid)]).toEqual([true, true]);
  socket.destroy();
  await gone(pid);
  rmSync(folder, { recursive: true });
});

it('ends well when the program does', async () => {
  const socket = netOf(program("process.stdout.write('bye')")).connect('there');
  socket.resume();
  const [hadError] = (await once(socket, 'close')) as [boolean];
  expect([hadError, socket.bytesRead]).toEqual([false, 3]);
});
