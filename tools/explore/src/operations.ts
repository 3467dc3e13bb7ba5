import { chunkOf, sizeFor } from './content.js';
import { loop, readAll, received } from './readers.js';
import type { Player } from './player.js';

type Arg = number | string | boolean;

/** The operations on a stream. */
const OPERATIONS: Readonly<Record<string, (player: Player, ...args: never[]) => void>> = {
  write: (player: Player, size: number, form: string, withCallback: boolean) => { write(player, size, form, withCallback); },
  burst(player: Player, count: number, size: number, withCallback: boolean) {
    for (let i = 0; i < count; i++) write(player, size, 'bytes', withCallback);
  },
  pour,
  end(player: Player, withCallback: boolean) {
    const { life, stream } = player;
    // As in Node, a first `end` after the stream is destroyed never calls back.
    const isLost = stream.destroyed && !stream.writableEnded;
    ends(player);
    if (withCallback && !isLost) stream.end(life.callback('end', null));
    else stream.end();
  },
  endWith(player: Player, size: number, form: string, withCallback: boolean) {
    const { life, stream } = player;
    if (isPiped(player)) return;
    const isTaken = takes(player);
    const { chunk, encoding, size: bytes } = chunkOf(life.key, life.written, size, form);
    ends(player);
    life.mayDrain = true;
    if (isTaken) life.written += bytes;
    else refused(player);
    if (withCallback) stream.end(chunk, encoding, life.callback('end', null));
    else stream.end(chunk, encoding);
  },
  destroy(player: Player) {
    player.life.gone ??= 'destroy';
    player.stream.destroy();
  },
  fail(player: Player) {
    player.life.gone ??= 'destroy';
    player.life.own.add('ERR_OF_PROGRAM');
    player.stream.destroy(Object.assign(new Error('of the program'), { code: 'ERR_OF_PROGRAM' }));
  },
  reset(player: Player) {
    const { life, stream } = player;
    if (stream.resetAndDestroy === undefined) return;
    life.own.add('ERR_SOCKET_CLOSED');
    try {
      stream.resetAndDestroy();
      life.gone ??= 'reset';
    } catch (error) {
      // Paths have no resets.
      if ((error as { code?: string }).code !== 'ERR_INVALID_HANDLE_TYPE') throw error;
    }
  },
  destroySoon(player: Player) {
    if (player.stream.destroySoon === undefined) return;
    // It ends a writable stream, which uncorks it; what was corked after an end stays corked, in the next life too.
    if (player.stream.writable) ends(player);
    player.life.gone ??= 'destroy';
    player.stream.destroySoon();
  },
  pause(player: Player) {
    player.life.reads = player.life.isStraight = false;
    player.stream.pause();
  },
  resume(player: Player) {
    const { life, stream, reads } = player;
    if (isPiped(player) || player.isLooping || reads === 'loop') return;
    // Data that flows without a listener is lost, which no program intends.
    if (reads !== 'onread' && stream.listenerCount('data') === 0 && stream.listenerCount('readable') === 0) stream.on('data', (chunk: Buffer | string) => { received(player, chunk); });
    if (stream.destroyed) return;
    stream.resume();
    life.reads = true;
  },
  cork(player: Player) {
    if (isPiped(player) || player.stream.destroyed) return;
    player.life.isCorked = true;
    player.stream.cork();
  },
  uncork(player: Player) {
    if (isPiped(player)) return;
    while (player.stream.writableCorked > 0) player.stream.uncork();
    player.life.isCorked = false;
  },
  unshift(player: Player, size: number) {
    if (player.reads !== 'onread') player.putBack = size;
  },
  setEncoding(player: Player, encoding: BufferEncoding) {
    const { life, stream, reads } = player;
    // In the middle of a character or of a unit its meaning would be undefined.
    if (isPiped(player) || reads === 'onread' || stream.readableEncoding !== null || life.position > 0 || life.putBack > 0 || stream.readableLength > 0 || life.hasEnded) return;
    // A part of a character, or of a unit, is not text.
    if (reads === 'exactly' && encoding !== 'latin1') return;
    stream.setEncoding(encoding);
  },
  setTimeout(player: Player, milliseconds: number) {
    player.life.movedAt = player.judge.now;
    if (!player.stream.destroyed) player.stream.setTimeout?.(milliseconds);
  },
  setKeepAlive(player: Player, milliseconds: number) {
    player.life.own.add('keepAlive');
    player.stream.setKeepAlive?.(true, milliseconds);
  },
  stopListening(player: Player) {
    const { stream, life } = player;
    if (stream.listenerCount('data') === 0 || isPiped(player) || stream.destroyed) return;
    stream.removeAllListeners('data');
    stream.pause();
    life.reads = false;
  },
  read(player: Player, size: number) {
    if (isPiped(player) || player.reads === 'onread' || player.isLooping || player.stream.destroyed) return;
    if (player.stream.listenerCount('data') > 0 || !['latin1', null].includes(player.stream.readableEncoding)) return;
    if (size === 0) player.stream.read(0);
    else if (player.reads === 'loop') loop(player);
    else readAll(player, size);
  },
  abort(player: Player) {
    if (player.abort === null) return;
    player.life.own.add('ABORT_ERR');
    player.life.gone ??= 'destroy';
    player.abort.abort();
  },
};

export function operate(player: Player, what: string, args: readonly Arg[]): void {
  const { life } = player;
  life.judge.log(`${life.name}.${what}(${args.join(', ')})`);
  try {
    OPERATIONS[what](player, ...(args as never[]));
  } catch (error) {
    life.fail('throws', `${what} throws ${String(error)}`);
  }
}

function write({ life, stream }: Player, size: number, form: string, withCallback: boolean): void {
  if (life.pipedFrom !== null) return;
  const isTaken = !stream.writableEnded && !stream.destroyed;
  const { chunk, encoding, size: bytes } = chunkOf(life.key, life.written, size, form);
  if (isTaken) life.written += bytes;
  else refusedOf(life, stream.writableEnded);
  const callback = withCallback ? life.callback(`write up to ${life.written}`, isTaken ? life.written : null) : undefined;
  life.wrote(bytes, isTaken, stream.write(chunk, encoding, callback));
}

/** Writes this many bytes, and waits for 'drain' whenever `write` returns false. */
function pour(player: Player, total: number, chunk: number, form: string): void {
  const { life, stream } = player;
  if (isPiped(player) || player.pours !== null) return;
  let left = total;
  player.pours = () => {
    while (left > 0 && player.life === life && takes(player)) {
      const size = Math.min(chunk, left);
      left -= Math.max(1, sizeFor(life.key, life.written, size, form));
      write(player, size, form, false);
      if (stream.writableNeedDrain) return;
    }
    player.pours = null;
  };
  player.pours();
}

function isPiped({ life }: Player): boolean { return life.pipedFrom !== null; }
function takes({ stream }: Player): boolean { return !stream.writableEnded && !stream.destroyed; }

function ends({ life, stream }: Player): void {
  life.isCorked = false;
  if (!stream.destroyed) life.endCalled = true;
  // A pipe goes on writing.
  if (life.pipedFrom !== null) life.own.add('EPIPE').add('ERR_STREAM_WRITE_AFTER_END');
}

/** A write that the stream refuses is an error, unless the stream is gone. */
function refused({ life, stream }: Player): void { refusedOf(life, stream.writableEnded); }
function refusedOf(life: Player['life'], hasEnded: boolean): void {
  life.own.add('EPIPE');
  if (hasEnded) life.own.add('ERR_STREAM_WRITE_AFTER_END');
  life.own.add('ERR_STREAM_DESTROYED');
}
