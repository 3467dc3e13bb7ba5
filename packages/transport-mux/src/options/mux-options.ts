import { now, optionOf, optionsOf } from '@netstrata/stream-core';
import { checkFields, checkFunction, countOf, flagOf, numberOf, timeOf, timersOf, type Timers } from '@netstrata/transport/layers';
import { INITIAL_WINDOW } from '../frames/header.js';

/** Both ends may have other options than the other one. */
export interface MuxOptions {
  /**
   * Bytes that the peer may send on each stream ahead of its reader, and which a stream that is stopped costs at most: 262,144, which is
   * the least that the protocol knows, to 1 GiB.
   */
  readonly window?: number | undefined;
  /** How many connections that were dialled here may wait for the peer's answer; more wait for their turn. 256. */
  readonly backlog?: number | undefined;
  /** How many streams of the peer's there may be; more are refused. 1024. */
  readonly maxStreams?: number | undefined;
  /** Milliseconds from one ping to the next, or false for none; 30,000. */
  readonly keepAlive?: number | false | undefined;
  /**
   * Milliseconds for each thing that the peer has to do: answer a ping or a dial, read what the carrier was given, end what was closed
   * here. 30,000.
   */
  readonly timeout?: number | undefined;
  /**
   * A connection stands as soon as it is dialled, and what is written at once goes with it: no round trip. A refusal comes later as
   * `onClose(error)`, with the syscall `connect`.
   */
  readonly early?: boolean | undefined;
  /** Timers; the runtime's when not given. */
  readonly clock?: MuxClock | undefined;
}

/** Timers, and the time in milliseconds since whenever, by which round trips are measured: the runtime's where there is none. */
export interface MuxClock extends Timers {
  /** Milliseconds, from any beginning; never back. */
  now?(): number;
}

const NAMES = Object.keys({
  window: true, backlog: true, maxStreams: true, keepAlive: true, timeout: true, early: true, clock: true,
} satisfies Record<keyof MuxOptions, true>) as readonly (keyof MuxOptions)[];

const LARGEST_WINDOW = 2 ** 30;
const BACKLOG = 256;
const MOST_STREAMS = 1024;
const TIME = 30_000;

/** Options, checked. */
export interface Settings {
  readonly window: number;
  readonly backlog: number;
  readonly maxStreams: number;
  /** Null for no pings. */
  readonly keepAlive: number | null;
  readonly timeout: number;
  readonly early: boolean;
  readonly timers: Timers;
  readonly now: () => number;
}

/**
 * Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, and ERR_INVALID_ARG_VALUE for an option that there is not: a limit that is misspelt would
 * not hold.
 */
export function settingsOf(given: MuxOptions | undefined, others: readonly string[] = []): Settings {
  if (given !== undefined) checkFields('options', given, [...NAMES, ...others]);
  const options = optionsOf(given, NAMES);
  const { keepAlive } = options;
  return {
    window: numberOf('options.window', options.window, INITIAL_WINDOW, INITIAL_WINDOW, LARGEST_WINDOW),
    backlog: countOf('options.backlog', options.backlog, BACKLOG),
    maxStreams: countOf('options.maxStreams', options.maxStreams, MOST_STREAMS),
    keepAlive: keepAlive === false ? null : timeOf('options.keepAlive', keepAlive, TIME),
    timeout: timeOf('options.timeout', options.timeout, TIME),
    early: flagOf('options.early', options.early),
    timers: timersOf(options.clock),
    now: nowOf(options.clock),
  };
}

function nowOf(clock: MuxClock | undefined): () => number {
  const own = clock && optionOf(clock, 'now');
  if (own === undefined) return now;
  checkFunction('options.clock.now', own);
  return () => clock!.now!();
}
