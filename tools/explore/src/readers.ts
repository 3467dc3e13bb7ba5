import type { Player } from './player.js';

/** How much `exactly` asks for. */
const EXACTLY = 7;

/** Reads as the plan says; bytes come to the model. */
export function begin(player: Player): void {
  const { stream, reads } = player;
  player.life.leaves = reads === 'exactly' ? EXACTLY - 1 : 0;
  // What a server has paused nobody hears of who only listens to 'data'.
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

/** As the documentation has it: until there is no more. */
export function readAll(player: Player, size: number | undefined): void {
  const { stream } = player;
  for (;;) {
    // The end may leave less than what was asked for.
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
  // As in Node, a loop that is over destroys what could still be written to.
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
