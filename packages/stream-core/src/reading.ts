/**
 * While a stream says what it has read, writes are answers, and most streams write one: it leaves at once, and no tick has to be made for it.
 * Only one that is followed by another of the same stream needs a tick, to gather for.
 */

let reader: object | null = null;
let answering: object | null = null;

/** `core` says what it has read. True for the outermost of such calls, which must call `endReading`. */
export function beginReading(core: object): boolean {
  if (reader !== null) return false;
  reader = core;
  return true;
}

export function endReading(): void {
  reader = null;
  answering = null;
}

/** Whether `core` is saying what it has read: its idle timer has just been started again. */
export function isReader(core: object): boolean {
  return reader === core;
}

/** Notes that `side` has written. False where its write needs a tick: nobody is reading, or another side has answered already. */
export function answers(side: object): boolean {
  if (reader === null || answering !== null) return false;
  answering = side;
  return true;
}

/** The write of `side` before this one made no tick. */
export function hasAnswered(side: object): boolean {
  return answering === side;
}
