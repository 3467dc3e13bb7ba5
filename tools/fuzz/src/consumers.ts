import { Writable } from 'node:stream';
import type { Player } from './world.js';

/** A pipe's destination, which records what it receives. A slow one is full after every chunk. */
export function sink(player: Player, slow: boolean): Writable {
  const lane = `${player.lane} sink`;
  const into = new Writable({
    highWaterMark: slow ? 1 : 65536,
    write(chunk: Uint8Array, _encoding, callback) {
      player.data(chunk, lane);
      if (slow) process.nextTick(callback);
      else callback();
    },
  });
  for (const event of ['finish', 'error', 'close', 'unpipe']) {
    into.on(event, (first: unknown) => {
      player.world.add(lane, event, first instanceof Error ? [first] : []);
    });
  }
  return into;
}

/** Reads with `for await`, `limit` chunks. */
export async function loop(player: Player, limit: number, destroyOnReturn: boolean): Promise<void> {
  const lane = `${player.lane} loop`;
  let count = 0;
  player.loops++;
  player.looped = true;
  try {
    const chunks = destroyOnReturn ? player.socket : player.socket.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks as AsyncIterable<Uint8Array | string>) {
      player.data(chunk, lane);
      if (++count === limit) break;
    }
    player.world.add(lane, 'over');
  } catch (error) {
    player.world.add(lane, 'failed', [error]);
  }
  player.loops--;
}
