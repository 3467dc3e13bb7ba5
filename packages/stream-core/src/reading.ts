/**
 * While a stream says what it has read, writes are answers, and most streams write one: it leaves at once, and no tick has to be made for it.
 * Only one that is followed by another of the same stream needs a tick, to gather for.
 */

let reading = false;
let answering: object | null = null;

/** True for the outermost of the calls, which must call `endReading`. */
export function beginReading(): boolean {
  if (reading) return false;
  reading = true;
  return true;
}

export function endReading(): void {
  reading = false;
  answering = null;
}

/** Notes that `side` has written. False where its write needs a tick: nobody is reading, or another side has answered already. */
export function answers(side: object): boolean {
  if (!reading || answering !== null) return false;
  answering = side;
  return true;
}

/** The write of `side` before this one made no tick. */
export function hasAnswered(side: object): boolean {
  return answering === side;
}
