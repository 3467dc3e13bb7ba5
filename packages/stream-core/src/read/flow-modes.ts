import type { ReadSide } from './read-side.js';
import {
  EMITTED_READABLE, END_EMITTED, FLOWING, NEED_READABLE, PAUSED, READABLE_LISTENING, RESUME_SCHEDULED,
} from './read-state.js';

/* When data flows by itself: `resume`, `pause`, and what listeners come and go. */

export function resume(side: ReadSide): void {
  if (!side.has(FLOWING)) {
    side.flowing = !side.has(READABLE_LISTENING);
    if (!side.has(RESUME_SCHEDULED)) {
      side.bits |= RESUME_SCHEDULED;
      side.engine.nextTick(resumeNow, side);
    }
  }
  side.bits &= ~PAUSED;
}

function resumeNow(side: ReadSide): void {
  const { duplex } = side.engine;
  if (!side.reading) duplex.read(0);
  side.bits &= ~RESUME_SCHEDULED;
  duplex.emit('resume');
  side.flow();
  if (side.has(FLOWING) && !side.reading) duplex.read(0);
}

export function pause(side: ReadSide): void {
  if (side.flowing !== false) {
    side.flowing = false;
    side.engine.duplex.emit('pause');
  }
  side.bits |= PAUSED;
}

export function isPaused(side: ReadSide): boolean {
  return side.has(PAUSED) || side.flowing === false;
}

/** A listener was added. */
export function onListener(side: ReadSide, event: string | symbol): void {
  const { duplex } = side.engine;
  if (event === 'data') {
    if (duplex.listenerCount('readable') > 0) side.bits |= READABLE_LISTENING;
    if (side.flowing !== false) duplex.resume();
  } else if (event === 'readable' && !side.has(END_EMITTED | READABLE_LISTENING)) {
    side.bits = (side.bits | READABLE_LISTENING | NEED_READABLE) & ~EMITTED_READABLE;
    side.flowing = false;
    if (side.length > 0) side.emitReadable();
    else if (!side.reading) side.engine.nextTick(readNothing, side);
  }
}

/** A listener was removed, or all were. */
export function onListenerRemoved(side: ReadSide, event: string | symbol | undefined): void {
  // After the removal is complete: removeListener and on in one tick must not stop the flow.
  if (event === 'readable' || event === undefined) side.engine.nextTick(updateReadableListening, side);
}

function updateReadableListening(side: ReadSide): void {
  const { duplex } = side.engine;
  side.set(READABLE_LISTENING, duplex.listenerCount('readable') > 0);
  if (side.has(RESUME_SCHEDULED) && !side.has(PAUSED)) side.flowing = true;
  else if (duplex.listenerCount('data') > 0) duplex.resume();
  else if (!side.has(READABLE_LISTENING)) side.flowing = null;
}

function readNothing(side: ReadSide): void {
  side.engine.duplex.read(0);
}
