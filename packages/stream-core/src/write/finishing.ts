import { alreadyFinished, multipleCallback, streamDestroyed } from '../base/errors.js';
import type { WriteCallback } from '../contract/stream.js';
import {
  DISABLED, ENDED, ENDING, FINAL_CALLED, FINISHED, NO_FINAL, PREFINISHED, SYNC, WRITING, type WriteState,
} from './write-state.js';

/* How writing ends: 'prefinish' and `_final` once all is written, then 'finish'. */

const NONE: readonly WriteCallback[] = [];

/** Nothing more is written. The error where there is nothing left to end. */
export function beginEnd(side: WriteState): Error | null {
  if (side.errored === null && !side.has(ENDING)) {
    side.bits |= ENDING;
    finishMaybe(side);
    side.bits |= ENDED;
    return null;
  }
  if (side.has(FINISHED)) return alreadyFinished('end');
  return side.destroyed ? streamDestroyed('end') : null;
}

/** Calls `callback` after 'finish', or with the error because of which there will be none. */
export function onFinish(side: WriteState, callback: WriteCallback, error: Error | null): void {
  if (error !== null) side.engine.nextTick(callback, error);
  else (side.working.finishCallbacks ??= []).push(callback);
}

function needFinish(side: WriteState): boolean {
  const isWritten = side.length === 0 && side.bufferedRequestCount === 0 && !side.has(WRITING);
  const isOver = side.has(FINISHED) || side.destroyed || side.errored !== null || side.errorEmitted || side.closeEmitted;
  return side.has(ENDING) && isWritten && !isOver;
}

/** Begins to finish when all is written. */
export function finishMaybe(side: WriteState): void {
  if (!needFinish(side)) return;
  side.flush();
  if (!needFinish(side)) return;
  prefinish(side);
  if (side.pendingcb > 0) return;
  side.pendingcb++;
  side.engine.nextTick(finishLater, side);
}

function prefinish(side: WriteState): void {
  if (side.has(PREFINISHED | FINAL_CALLED)) return;
  const { channel, duplex } = side.engine;
  // As Node's streams that have no `_final`.
  if (typeof duplex._final !== 'function' || (channel === null && side.has(NO_FINAL))) {
    side.bits |= FINAL_CALLED | PREFINISHED;
    duplex.emit('prefinish');
    return;
  }
  side.bits |= FINAL_CALLED | SYNC;
  side.pendingcb++;
  const done = (error?: Error | null): void => {
    afterFinal(side, error ?? null);
  };
  try {
    duplex._final(done);
  } catch (error) {
    done(error as Error);
  }
  side.bits &= ~SYNC;
}

function afterFinal(side: WriteState, error: Error | null): void {
  if (side.has(PREFINISHED)) {
    side.engine.fail(error ?? multipleCallback(), true);
    return;
  }
  side.pendingcb--;
  if (error !== null) {
    for (const callback of takeFinishCallbacks(side)) callback(error);
    side.engine.fail(error, !side.has(SYNC));
  } else if (needFinish(side)) {
    side.bits |= PREFINISHED;
    side.engine.duplex.emit('prefinish');
    side.pendingcb++;
    side.engine.nextTick(finish, side);
  }
}

function finishLater(side: WriteState): void {
  if (needFinish(side)) finish(side);
  else side.pendingcb--;
}

/** As with node:net, also when the stream has started over meanwhile. */
function finish(side: WriteState): void {
  side.pendingcb--;
  side.bits |= FINISHED;
  for (const callback of takeFinishCallbacks(side)) callback(null);
  side.engine.duplex.emit('finish');
  side.engine.onWriteFinish();
}

function takeFinishCallbacks({ work }: WriteState): readonly WriteCallback[] {
  const callbacks = work?.finishCallbacks ?? null;
  if (callbacks === null) return NONE;
  work!.finishCallbacks = null;
  return callbacks;
}

/** There will be no 'finish'. */
export function failFinishCallbacks(side: WriteState): void {
  for (const callback of takeFinishCallbacks(side)) callback(side.errored ?? streamDestroyed('end'));
}

/** Nothing has ended yet. */
export function reopenWriting(side: WriteState): void {
  side.bits &= ~(ENDING | ENDED | FINISHED | FINAL_CALLED | PREFINISHED);
  if (side.has(DISABLED)) side.bits |= ENDING | ENDED | FINISHED;
}
