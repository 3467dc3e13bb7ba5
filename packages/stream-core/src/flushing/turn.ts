import { areTicksFaked, microtask, nextTick, realTick, streamClock, type NextTick, type StreamClock } from '../base/clock.js';
import { environment } from '../base/process.js';
import { flushAll, holding, type Gathering } from './gathering.js';
import { beforeEnd, tellsOfRemoval } from './process-end.js';

/** A gathered byte waits at most so many milliseconds, as long as its program writes. */
const LATE = 1;

/**
 * What all streams of one clock share: what has gathered in the current tick. So a simulation's own gather alike whatever others in the
 * process do.
 */
export class Turn {
  readonly #clock: StreamClock;
  /** Blocks of memory that are in use; see gather.ts. */
  blocks = 0;
  readonly #gathering = new Set<Gathering>();
  #since = 0;

  constructor(clock: StreamClock) {
    this.#clock = clock;
    beforeEnd(flushAll);
  }

  readonly nextTick: NextTick = (task, argument) => {
    this.#clock.nextTick(task, argument);
  };

  /** Bytes have waited for so long that the next write sends them. */
  get isLate(): boolean {
    return this.#gathering.size > 0 && this.#clock.now !== undefined && this.#clock.now() - this.#since >= LATE;
  }

  // ---- answers ------------------------------------------------------------------------------------------------------

  /*
   * While a stream reports what it has read, writes are answers, and most streams write one: it leaves at once, and no tick has to be made
   * for it. Only one that is followed by another of the same stream needs a tick, to gather for.
   */
  #reader: object | null = null;
  #answering: object | null = null;
  #isKept = false;

  /** `engine` reports what it has read. True for the outermost of such calls, which must call `endReading`. */
  beginReading(engine: object): boolean {
    if (this.#reader !== null) return false;
    this.#reader = engine;
    return true;
  }

  endReading(): void {
    if (!this.#isKept) this.#forget();
    else microtask(this.#forget);
  }

  readonly #forget = (): void => {
    this.#isKept = false;
    this.#reader = null;
    this.#answering = null;
  };

  /**
   * What `engine` reports goes to code that waits for a promise, and runs in a microtask: so long it is being read. None is made where
   * another stream is reporting: code of this one is then like any other.
   */
  readUntilMicrotask(engine: object): void {
    if (this.#reader === engine) this.#isKept = true;
  }

  /** Whether `engine` is reporting what it has read: its idle timer has just been started again. */
  isReading(engine: object): boolean {
    return this.#reader === engine;
  }

  /** Notes that `side` has written. False where its write needs a tick: nothing is being read, or another side has answered already. */
  answers(side: object): boolean {
    if (this.#reader === null || this.#answering !== null) return false;
    this.#answering = side;
    return true;
  }

  /** The write of `side` before this one made no tick. */
  hasAnswered(side: object): boolean {
    return this.#answering === side;
  }

  // ---- gathering ----------------------------------------------------------------------------------------------------

  hold(side: Gathering): void {
    if (this.#gathering.size === 0) {
      this.#since = this.#clock.now?.() ?? 0;
      holding.add(this);
      if (areTicksFaked() && this.#clock.nextTick === nextTick) realTick(flushOne, this);
    }
    this.#gathering.add(side);
  }

  release(side: Gathering): void {
    this.#gathering.delete(side);
    if (this.#gathering.size === 0) holding.delete(this);
  }

  /** Sends everything. */
  flush(): void {
    for (const side of this.#gathering) side.flush();
  }
}

function flushOne(turn: Turn): void {
  turn.flush();
}

let gathersInProcess: boolean | undefined;

/**
 * False where the environment says that nothing shall wait for the end of a tick (NETSTRATA_GATHER=0), and where nothing may, since the
 * tick could end unheard.
 */
export function gathersHere(): boolean {
  return (gathersInProcess ??= environment('NETSTRATA_GATHER') !== '0' && tellsOfRemoval());
}

const turns = new WeakMap<StreamClock, Turn>();
let last: StreamClock | null = null;
let lastTurn: Turn;

export function turnOf(clock: StreamClock = streamClock): Turn {
  if (clock === last) return lastTurn;
  let turn = turns.get(clock);
  if (turn === undefined) turns.set(clock, (turn = new Turn(clock)));
  last = clock;
  return (lastTurn = turn);
}
