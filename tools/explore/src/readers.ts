import type { Player } from './player.js';

/** How much `exactly` requests. */
const EXACTLY = 7;

/** Reads as the plan says, and passes the bytes to the model. */
export function begin(player: Player): void {
  const { stream, reads } = player;
  player.life.leaves = reads === 'exactly' ? EXACTLY - 1 : 0;
  // A reader that only listens to 'data' gets nothing from a socket that a server has paused.
  const isPaused = reads === 'data' && player.stream.isPaused();
  player.life.isStraight = reads === 'data' && !isPaused;
  player.life.reads = reads !== 'idle' && !isPaused;
  switch (reads) {
    case 'data': stream.on('data', (chunk: Buffer | string) => { received(player, chunk); }); break;
    case 'readable': stream.on('readable', () => { readAll(player, undefined); }); break;
    case 'exactly': stream.on('readable', () => { readAll(player, EXACTLY); }); break;
    case 'loop': loop(player); break;
    default:
  }
}

export function received(player: Player, chunk: Buffer | string): void {
  const { life, stream } = player;
  life.isDead ||= !player.isThere;
  life.judge.log(`${life.name} reads ${chunk.length}`);
  life.received(chunk);
  if (player.putBack === 0 || typeof chunk === 'string') return;
  const size = Math.min(player.putBack, chunk.length);
  player.putBack = 0;
  if (stream.destroyed || life.hasEnded) return;
  life.returned(size);
  stream.unshift(chunk.subarray(chunk.length - size));
}

/** As the documentation says: until there is no more. */
export function readAll(player: Player, size: number | undefined): void {
  const { stream } = player;
  for (;;) {
    // At the end there may be less than was requested.
    const chunk = stream.read(size) as Buffer | string | null;
    if (chunk === null) return;
    received(player, chunk);
  }
}

/** `for await`, until the end. */
export function loop(player: Player): void {
  if (player.isLooping) return;
  player.isLooping = true;
  const { stream, life } = player;
  // As in Node, a finished loop destroys a stream that is still writable.
  life.own.add('ABORT_ERR');
  void (async () => {
    try {
      for await (const chunk of stream as AsyncIterable<Buffer | string>) received(player, chunk);
      if (life.error !== null && !life.hasEnded) life.fail('loop', `is over without an error after ${life.error.code}`);
      life.judge.log(`${life.name} loop is over`);
    } catch (error) {
      life.judge.log(`${life.name} loop ends with ${(error as { code?: string }).code ?? String(error)}`);
      if (life.error === null && !stream.destroyed) life.fail('loop', `throws ${String(error)}, and the stream is not destroyed`);
    } finally {
      player.isLooping = false;
    }
  })();
}
