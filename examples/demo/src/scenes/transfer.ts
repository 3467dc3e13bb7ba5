import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import { check } from '../check.js';
import { amount, count, duration, rate } from '../format.js';
import type { Medium } from '../medium.js';
import { open } from '../open.js';
import type { Finding } from './index.js';

const PIECE = 64 * 1024;

/** Sends everything through an echo server, and writes only while the socket has room. */
export async function transfer(medium: Medium): Promise<Finding> {
  const block = randomBytes(1024 * 1024);
  const size = medium.megabytes * block.length;
  const sent = createHash('sha256');
  for (let i = 0; i < medium.megabytes; i++) sent.update(block);

  const there = createHash('sha256');
  const { dial, close } = await open(medium, { allowHalfOpen: true }, (socket) => {
    socket.on('data', (chunk: Buffer) => there.update(chunk));
    socket.pipe(socket);
  });

  const back = createHash('sha256');
  const socket = dial();
  const received = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      back.update(chunk);
      if (socket.bytesRead >= size) resolve();
    });
  });
  await once(socket, 'connect');
  const started = performance.now();
  const [drains] = await Promise.all([writeAll(socket, block, size), received]);
  const ms = performance.now() - started;
  socket.end();
  await once(socket, 'end');
  const { bytesWritten, bytesRead } = socket;
  await close();

  check(bytesWritten === size && bytesRead === size, `sent ${bytesWritten} and received ${bytesRead} of ${size} bytes`);
  const [sum, sumThere, sumBack] = [sent, there, back].map((hash) => hash.digest('hex'));
  check(sum === sumThere && sum === sumBack, `the checksums differ: sent ${sum}, there ${sumThere}, back ${sumBack}`);
  const bytesPerSecond = size / (ms / 1000);
  return {
    text: `${amount(size)} each way in ${duration(ms)}, ${rate(bytesPerSecond)}; waited for ${count(drains)} drains; sha256 ${sum.slice(0, 12)}… at both ends`,
    bytesPerSecond,
  };
}

/** Returns how often it had to wait for 'drain'. */
async function writeAll(socket: Socket, block: Uint8Array, size: number): Promise<number> {
  let drains = 0;
  for (let at = 0; at < size; at += PIECE) {
    const from = at % block.length;
    if (socket.write(block.subarray(from, from + PIECE))) continue;
    drains += 1;
    await once(socket, 'drain');
  }
  return drains;
}
