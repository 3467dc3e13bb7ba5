import type { Socket } from '@netstrata/net-compat/core';
import { anySize, type Random } from './random.js';
import { dress, type Written } from './written.js';

/**
 * Writes `total` bytes of the stream that begins at `start`, in every kind of array, and overwrites each once it may be reused; then ends.
 * `isChat`: small writes over time, so that each arrives separately.
 */
export async function send(socket: Socket, start: number, total: number, isChat: boolean, random: Random): Promise<void> {
  let corks = 0;
  for (let offset = 0; offset < total && !socket.destroyed; ) {
    const size = Math.min(anySize(random, isChat), total - offset);
    const written = dress(start, offset, size, random);
    offset += size;
    if (random.chance(0.05)) {
      socket.cork();
      corks++;
    }
    const hasRoom = writeOne(socket, written, random);
    if (corks > 0 && random.chance(0.3)) for (; corks > 0; corks--) socket.uncork();
    if (hasRoom && random.chance(isChat ? 0.1 : 0.7)) continue;
    for (; corks > 0; corks--) socket.uncork();
    if (hasRoom || !socket.writableNeedDrain) await new Promise((resolve) => setImmediate(resolve));
    else await drained(socket);
  }
  for (; corks > 0; corks--) socket.uncork();
  socket.end();
}

function writeOne(socket: Socket, { value, spoil }: Written, random: Random): boolean {
  let isSpoilt = false;
  const once = (): void => {
    if (!isSpoilt) spoil();
    isSpoilt = true;
  };
  const hasRoom = typeof value === 'string' ? socket.write(value, 'latin1') : random.chance(0.6) ? socket.write(value, once) : socket.write(value);
  // Taken, or copied: it may be reused.
  if (socket.writableLength === 0) once();
  return hasRoom;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
