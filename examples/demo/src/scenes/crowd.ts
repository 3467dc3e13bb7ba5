import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import { check } from '../check.js';
import { count, duration } from '../format.js';
import type { Medium } from '../medium.js';
import { open } from '../open.js';
import type { Finding } from './index.js';

const CLIENTS = 100;
const MESSAGES = 32;
const MESSAGE = `${'m'.repeat(63)}\n`;
const TOTAL = MESSAGES * MESSAGE.length;

/** Many clients at once, each with many small writes in one tick: few chunks arrive, and all of the bytes. */
export async function crowd(medium: Medium): Promise<Finding> {
  let connections = 0;
  let chunks = 0;
  const { server, dial, close } = await open(medium, {}, (socket) => {
    connections += 1;
    socket.on('data', () => {
      chunks += 1;
      if (socket.bytesRead >= TOTAL) socket.end(String(socket.bytesRead));
    });
  });
  const started = performance.now();
  const clients = Array.from({ length: CLIENTS }, () => dial());
  while (connections < CLIENTS) await once(server, 'connection');
  const answers = await Promise.all(clients.map(talk));
  const ms = performance.now() - started;
  await close();

  const wrong = answers.filter((answer) => answer !== String(TOTAL)).length;
  check(wrong === 0, `${wrong} of ${CLIENTS} clients were answered wrongly`);
  const writes = count(CLIENTS * MESSAGES);
  return { text: `${CLIENTS} clients at once, ${MESSAGES} writes of ${MESSAGE.length} B each: ${writes} writes arrived as ${count(chunks)} chunks, in ${duration(ms)}` };
}

/** Sends its messages in one tick, and returns what the server counted. */
async function talk(socket: Socket): Promise<string> {
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  for (let i = 0; i < MESSAGES; i++) socket.write(MESSAGE);
  await once(socket, 'close');
  return answer;
}
