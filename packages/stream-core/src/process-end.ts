/**
 * A process that ends inside a tick never comes to the end of that tick: what was gathered for it has to leave before. Node and its like tell
 * of every end but those that nobody hears of, by the event 'exit'; so this listens, as the first, and sees to it that it goes on doing so.
 * It only ever adds listeners.
 */

type Listener = (...args: never[]) => void;

interface Process {
  readonly _exiting?: boolean;
  /** Where Node's emitters keep their listeners: one, or a list. */
  readonly _events?: Readonly<Record<string, unknown>>;
  readonly versions?: Readonly<Record<string, string | undefined>>;
  on?(event: string, listener: Listener): unknown;
  prependListener?(event: string, listener: Listener): unknown;
  removeListener?(event: string, listener: Listener): unknown;
  removeAllListeners?(event: string): unknown;
}

const host = (globalThis as unknown as { process?: Process }).process;

let save: () => void = () => {};
let hasEnded = false;
let isListening = false;
/** We add or remove listeners ourselves: nothing to be told of. */
let isBusy = false;

/** The process is on its way out: no tick will end any more. */
export function isEnding(): boolean {
  return hasEnded;
}

/** Something waits for the end of the tick: when the process ends before, `task` is called. There is one such task in each copy of this package. */
export function beforeEnd(task: () => void): void {
  save = task;
  // Too late for a listener when the first writes come from one.
  if (host?._exiting === true) hasEnded = true;
  if (host?.on === undefined || (isListening && isFirst())) return;
  isBusy = true;
  if (isListening) for (const [event, listener] of listeners) host.removeListener?.(event, listener);
  isListening = true;
  for (const [event, listener] of listeners) {
    // Whoever throws before us would be the last to hear of it.
    if (event === 'exit' && host.prependListener !== undefined) host.prependListener(event, listener);
    else host.on(event, listener);
  }
  isBusy = false;
  // Deno ends without 'exit' after an exception that nobody catches.
  if (host.versions?.['deno'] !== undefined) (globalThis as { addEventListener?: (event: string, listener: () => void) => void }).addEventListener?.('error', onFailure);
}

const PROBE = 'netstrata.probe';

/**
 * Whether it can be known that listeners of the process were removed, so that nothing waits for the end of a tick in vain: Bun does not tell. Without
 * a process there is no end of which a listener would have to hear.
 */
export function tellsOfRemoval(): boolean {
  if (host?.on === undefined) return true;
  let isTold = false;
  const listen = (event: string): void => {
    isTold ||= event === PROBE;
  };
  host.on('removeListener', listen);
  host.on(PROBE, listen);
  host.removeAllListeners?.(PROBE);
  host.removeListener?.('removeListener', listen);
  return isTold;
}

function isFirst(): boolean {
  const found = host?._events?.['exit'];
  if (found === undefined) return host?._events === undefined;
  return found === onExit || (Array.isArray(found) && found[0] === onExit);
}

function onFailure(): void {
  save();
}

function onExit(): void {
  hasEnded = true;
  save();
}

/** A listener of 'exit' comes, perhaps before ours. */
function onAdded(event: string): void {
  if (event === 'exit' && !isBusy) save();
}

/** Ours was removed, most likely with all others: from the next write on it is there again. */
function onRemoved(_event: string, listener: unknown): void {
  if (isBusy || !listeners.some(([, own]) => own === listener)) return;
  isListening = false;
  save();
}

/** Of two that listen for that, one hears when the other is removed. */
const onRemovedToo = (event: string, listener: unknown): void => onRemoved(event, listener);

const listeners: readonly (readonly [event: string, listener: Listener])[] = [
  ['exit', onExit],
  ['newListener', onAdded],
  ['removeListener', onRemoved],
  ['removeListener', onRemovedToo],
];
