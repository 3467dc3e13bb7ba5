/**
 * A process that ends inside a tick never comes to the end of that tick: coalesced bytes have to leave before. Processes like Node's
 * report their end by 'exit'; but when a listener for an uncaught exception throws too, only 'uncaughtExceptionMonitor' is emitted.
 * So this listens to both, before all others, as one that throws first would skip it; and to the events that show that it is no longer
 * the first, or no longer there. It only ever adds listeners, and none that changes what the process does.
 */

import { realTick } from '../base/clock.js';
import { flushAll } from './gathering.js';

type Listener = (...args: never[]) => void;

interface Process {
  readonly _exiting?: boolean;
  /** As Node's emitters have it: undefined for as many as all emitters may have. */
  _maxListeners?: number | undefined;
  readonly versions?: Readonly<Record<string, string | undefined>>;
  on?(event: string, listener: Listener): unknown;
  listeners(event: string): readonly unknown[];
  prependListener(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
  removeAllListeners(event: string): unknown;
}

const thisProcess = (globalThis as unknown as { process?: Process }).process;
/** Copies of this package know each other's listeners by it: none of them throws, so it does not matter which is first. */
const mark = Symbol.for('netstrata.beforeEnd');

/** Until `beforeEnd` is called: some gather without streams. */
let save: () => void = flushAll;
let hasEnded = false;
/**
 * Until the next tick: an exception that nobody caught is being told of, or could be. The process may end in the middle of that, and would
 * not tell.
 */
let isUnsure = false;
let isListening = false;
/** Listeners of ours are being added or removed. The program's own may run meanwhile, and may do anything. */
let isBusy = false;
/** Ours were removed since, or others may stand before them. */
let isDisturbed = false;

/**
 * When the process ends inside a tick, `task` is called before, and when it could end unheard. There is one such task in each copy of this
 * package.
 */
export function beforeEnd(task: () => void): void {
  save = task;
  // Not with the first write that waits: that may come from a listener for such an exception.
  isEnding();
}

/**
 * Whether nothing may wait for the end of the tick: there may be none any more, or the process would not tell. To be asked when something
 * waits already; listeners of the program may run before this answers.
 */
export function isEnding(): boolean {
  if (isListening) return hasEnded || isUnsure;
  if (thisProcess?.on === undefined) return false;
  if (!isBusy) listen(thisProcess);
  // Ours came in this tick, or are not there.
  return true;
}

function listen(to: Process): void {
  // Too late for a listener when the first writes come from one.
  hasEnded ||= to._exiting === true;
  const { _maxListeners } = to;
  leave(to);
  isBusy = true;
  isDisturbed = false;
  unsure();
  try {
    // Ours do not count towards the warning about too many listeners.
    to._maxListeners = 0;
    for (const [event, listener] of listeners) to.prependListener(event, listener);
    to._maxListeners = _maxListeners;
    isListening = !isDisturbed;
  } catch {
    // A 'newListener' of the program has thrown, or the process takes no listeners: nothing waits.
    Reflect.set(to, '_maxListeners', _maxListeners);
  }
  isBusy = false;
  // `Deno.exit` emits nothing else.
  if (to.versions?.['deno'] !== undefined) {
    (globalThis as { addEventListener?: (event: string, listener: () => void) => void }).addEventListener?.('unload', onUnload);
  }
}

function leave(from: Process): void {
  isListening = false;
  const wasBusy = isBusy;
  isBusy = true;
  for (const [event, listener] of listeners) {
    try {
      from.removeListener(event, listener);
    } catch {
      // A listener for 'removeListener' of the program, which does not expect ours.
    }
  }
  isBusy = wasBusy;
}

function disturb(): void {
  isDisturbed = true;
  isListening = false;
  save();
}

function onExit(): void {
  // A program can also say so itself, and go on.
  hasEnded = thisProcess?._exiting !== false;
  save();
}

function onUnload(): void {
  hasEnded = true;
  save();
}

function onFailure(): void {
  unsure();
  save();
}

function unsure(): void {
  if (isUnsure) return;
  isUnsure = true;
  realTick(sure, undefined);
}

function sure(): void {
  isUnsure = false;
}

/**
 * A listener comes, perhaps before ours. From the next write on that waits ours is before it, and until then it is not there to be counted.
 */
function onAdded(event: string, listener: Listener): void {
  if ((event !== 'exit' && event !== 'uncaughtExceptionMonitor') || mark in listener) return;
  disturb();
  leave(thisProcess!);
}

/** Ours was removed, most likely with all others: they come back with the next write that waits. */
function onRemoved(_event: string, listener: unknown): void {
  if (listeners.some(([, own]) => own === listener)) disturb();
}

/** Of two that listen for that, one hears when the other is removed. */
const onRemovedToo = (event: string, listener: unknown): void => onRemoved(event, listener);

const listeners: readonly (readonly [event: string, listener: Listener])[] = [
  ['newListener', onAdded],
  ['removeListener', onRemoved],
  ['removeListener', onRemovedToo],
  ['uncaughtExceptionMonitor', onFailure],
  ['exit', onExit],
];
for (const [, listener] of listeners) Object.assign(listener, { [mark]: true });

const PROBE = 'netstrata.probe';

/**
 * Whether it can be known that listeners of the process were removed, so that nothing waits for the end of a tick in vain. Bun does not
 * tell of it: there the methods that remove them are watched.
 */
export function tellsOfRemoval(): boolean {
  if (thisProcess?.on === undefined || thisProcess.versions?.['bun'] === undefined) return true;
  return tells(thisProcess) || watchRemoval(thisProcess);
}

function tells(from: Process): boolean {
  let isTold = false;
  const listener = (event: string): void => {
    isTold ||= event === PROBE;
  };
  from.on!('removeListener', listener);
  from.on!(PROBE, listener);
  from.removeAllListeners(PROBE);
  from.removeListener('removeListener', listener);
  return isTold;
}

/** False where the methods cannot be replaced. */
function watchRemoval(from: Process): boolean {
  return (['off', 'removeListener', 'removeAllListeners'] as const).every((name) => {
    const method = Reflect.get(from, name) as (...args: unknown[]) => unknown;
    const watching = function (this: unknown, ...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(method, this, args);
      if (isListening && !isBusy && !isComplete(from)) disturb();
      return result;
    };
    for (const key of ['name', 'length']) Object.defineProperty(watching, key, { value: Reflect.get(method, key), configurable: true });
    return Reflect.defineProperty(from, name, { value: watching, writable: true, configurable: true, enumerable: false });
  });
}

/** Whether all of ours are there. */
function isComplete(of: Process): boolean {
  return listeners.every(([event, listener]) => of.listeners(event).includes(listener));
}
