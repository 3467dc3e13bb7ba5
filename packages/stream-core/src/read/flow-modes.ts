import { emit } from '../base/emitter.js';
import type { ReadSide } from './read-side.js';
import {
  EMITTED_READABLE, END_EMITTED, FLOWING, HANDED_OVER, NEED_READABLE, PAUSED, READABLE_LISTENING, RESUME_SCHEDULED, RESUME_UNHEARD,
} from './read-state.js';

/*
 * When data flows by itself: `resume`, `pause`, and what listeners come and go.
 *
 * `resume` takes effect in the next tick, which says so by 'resume'. Nearly every stream that a program is given, such as the socket of
 * 'connection', gets a listener for 'data' at once. It reads already, and few programs listen to 'resume': then that tick would do nothing,
 * and leave behind as many bytes as the objects of a small stream have. So it is made for those alone that could tell.
 */

/** Calls `give`, in which the program gets the stream of this side. It must read already. */
export function handOver<A>(side: ReadSide, give: (argument: A) => void, argument: A): void {
  side.bits |= HANDED_OVER;
  try {
    give(argument);
  } finally {
    side.bits &= ~HANDED_OVER;
    if (side.has(RESUME_UNHEARD)) {
      if (tellsResume(side)) scheduleResume(side);
      else side.bits &= ~(RESUME_SCHEDULED | RESUME_UNHEARD);
    }
  }
}

/** Whether the tick of `resume` would do anything. */
function tellsResume(side: ReadSide): boolean {
  const { duplex } = side.engine;
  return duplex.emit !== emit || duplex.listenerCount('resume') > 0 || !side.reading || side.length > 0;
}

function scheduleResume(side: ReadSide): void {
  side.bits &= ~RESUME_UNHEARD;
  side.engine.nextTick(resumeNow, side);
}

export function resume(side: ReadSide): void {
  if (!side.has(FLOWING)) {
    side.flowing = !side.has(READABLE_LISTENING);
    if (!side.has(RESUME_SCHEDULED)) {
      side.bits |= RESUME_SCHEDULED;
      if (side.has(HANDED_OVER) && !tellsResume(side)) side.bits |= RESUME_UNHEARD;
      else scheduleResume(side);
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
  } else if (event === 'resume' && side.has(RESUME_UNHEARD)) {
    scheduleResume(side);
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
