import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import type { World, WorldHost } from '../../src/index.js';

/** Answers every byte with the same byte, on port 7. */
export function echo({ net, world }: WorldHost): void {
  net.createServer((socket) => {
    socket.on('error', (error: Error) => { world.log(`server: ${error.message}`); });
    socket.pipe(socket);
  }).listen(7);
}

/** Reads until so much has come. */
export async function take(socket: Socket, size: number): Promise<string> {
  let text = '';
  while (text.length < size) text += String((await once(socket, 'data'))[0]);
  return text;
}

/** A server that echoes, and a client that has asked it something. */
export async function ask(world: World, text = 'hello'): Promise<string> {
  world.host('server', '10.0.0.1', { boot: echo });
  const client = world.host('client', '10.0.0.2');
  const socket = client.net.connect(7, 'server');
  socket.write(text);
  const answer = await take(socket, text.length);
  socket.end();
  await once(socket, 'close');
  return answer;
}
