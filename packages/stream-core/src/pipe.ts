import type { Duplex } from './duplex.js';

/** Anything that takes a pipe: a Duplex of ours, or any writable stream of Node's kind. */
export interface WritableLike {
  write(chunk: unknown): boolean;
  end(): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
  prependListener?(event: string, listener: (...args: never[]) => void): unknown;
  removeListener(event: string, listener: (...args: never[]) => void): unknown;
  listenerCount(event: string): number;
  emit(event: string, ...args: unknown[]): boolean;
  readonly writableNeedDrain?: boolean;
}

export interface PipeOptions {
  /** End the destination when the source ends; true when not given. */
  end?: boolean | undefined;
}

export interface PipeTarget {
  readonly destination: WritableLike;
  /** The destination is full: the source is paused until its 'drain'. */
  waiting: boolean;
}

/** Joins a source to one destination until either ends; gives what the source keeps about it. */
export function pipe(source: Duplex, destination: WritableLike, targets: () => readonly PipeTarget[], options: PipeOptions | undefined): PipeTarget {
  const target: PipeTarget = { destination, waiting: false };
  let watchesDrain = false;
  let unpiped = false;

  const wait = (): void => {
    if (!unpiped) {
      target.waiting = true;
      source.pause();
    }
    if (!watchesDrain) {
      watchesDrain = true;
      destination.on('drain', onDrain);
    }
  };
  const onDrain = (): void => {
    target.waiting = false;
    if (!targets().some((other) => other.waiting) && source.listenerCount('data') > 0) source.resume();
  };
  const onData = (chunk: unknown): void => {
    if (!destination.write(chunk)) wait();
  };
  const onEnd = (): void => {
    destination.end();
  };
  const unpipe = (): void => {
    source.unpipe(destination);
  };
  const onError = (error: Error): void => {
    unpipe();
    destination.removeListener('error', onError);
    // Nobody else listens: the error is the destination's own to report.
    if (destination.listenerCount('error') === 0) {
      const failing = destination as unknown as { destroy?: (error: Error) => void; destroyed?: boolean; _writableState?: { errorEmitted?: boolean } };
      if (failing._writableState?.errorEmitted === false && failing.destroy) failing.destroy(error);
      else destination.emit('error', error);
    }
  };
  const onClose = (): void => {
    destination.removeListener('finish', onFinish);
    unpipe();
  };
  const onFinish = (): void => {
    destination.removeListener('close', onClose);
    unpipe();
  };
  const endsDestination = options?.end !== false && !isStandardStream(destination);
  const ending = endsDestination ? onEnd : unpipe;
  const onUnpipe = (from: unknown, info: { hasUnpiped: boolean } | undefined): void => {
    if (from !== source || info === undefined || info.hasUnpiped) return;
    info.hasUnpiped = true;
    unpiped = true;
    const listeners = { close: onClose, finish: onFinish, error: onError, unpipe: onUnpipe, drain: onDrain } as Record<string, (...args: never[]) => void>;
    for (const [event, listener] of Object.entries(listeners)) destination.removeListener(event, listener);
    source.removeListener('end', ending);
    source.removeListener('data', onData);
    if (watchesDrain && target.waiting) onDrain();
  };

  if (source.readableEnded) queueMicrotask(ending);
  else source.once('end', ending);
  destination.on('unpipe', onUnpipe);
  source.on('data', onData);
  if (destination.prependListener) destination.prependListener('error', onError);
  else destination.on('error', onError);
  destination.once('close', onClose);
  destination.once('finish', onFinish);
  destination.emit('pipe', source);
  if (destination.writableNeedDrain === true) wait();
  else if (source.readableFlowing !== true) source.resume();
  return target;
}

/** Standard output and standard error outlive every source. */
function isStandardStream(destination: unknown): boolean {
  const host = (globalThis as { process?: { stdout?: unknown; stderr?: unknown; versions?: { node?: string } } }).process;
  return host?.versions?.node !== undefined && (destination === host.stdout || destination === host.stderr);
}
