import { abortError, prematureClose } from '../base/errors.js';
import { engine } from '../base/symbols.js';
import type { Stream } from '../contract/stream.js';
import type { StreamEngine } from '../engine/stream-engine.js';
import type { ReadState } from '../read/read-state.js';

/** What a loop asks of the stream that it reads. */
interface Readable extends Stream {
  readonly [engine]: StreamEngine;
  readonly _readableState: ReadState;
  readonly readable: boolean;
  readonly readableEnded: boolean;
  readonly errored: Error | null;
}

/** How a stream is read by a loop. */
export interface IteratorOptions {
  /** Destroy the stream when the loop is left early; true when not given. */
  destroyOnReturn?: boolean;
}

/** The chunks of a stream, read when asked for. With `destroys` the stream goes when the loop is left early. */
export async function* iterate(stream: Readable, destroys: boolean): AsyncGenerator<Uint8Array | string, undefined> {
  let wake: () => void = () => {};
  /** Undefined while the stream goes on, null when it ended, its error otherwise. */
  let outcome: Error | null | undefined;
  const finish = (error: Error | null): void => {
    if (outcome === undefined) outcome = error;
    wake();
  };
  const onReadable = (): void => wake();
  const onEnd = (): void => finish(null);
  const onError = (error: Error): void => finish(error);
  const onClose = (): void => finish(stream.errored ?? (isDone(stream) ? null : prematureClose()));
  stream.on('readable', onReadable);
  stream.on('end', onEnd);
  stream.on('error', onError);
  stream.on('close', onClose);
  if (stream.readableEnded && !stream.destroyed) stream[engine].nextTick(onEnd, undefined);
  // As Node: there is no waiting for the 'close' of a stream that does not emit it by itself.
  else if (stream[engine].gone || (stream.destroyed && !stream[engine].emitClose)) stream[engine].nextTick(onClose, undefined);
  let failed = false;
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : (stream.read() as Uint8Array | string | null);
      if (chunk !== null) yield chunk;
      else if (outcome) throw outcome;
      else if (outcome === null) return undefined;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // Also after the end, where the other direction still was open: as Node 20, 22 and 26; Node 24 leaves it open.
    const leaves = failed || destroys;
    if (leaves && (outcome === undefined || stream._readableState.autoDestroy)) {
      // The listeners stay: the loop was left on purpose, and its abort must not become an uncaught error.
      abandon(stream);
    } else {
      stream.off('readable', onReadable);
      stream.off('end', onEnd);
      stream.off('error', onError);
      stream.off('close', onClose);
    }
  }
}

/** Everything was read, whether or not there was time for 'end'. */
function isDone({ _readableState: side }: Readable): boolean {
  return side.endEmitted || (side.ended && side.length === 0);
}

function abandon(stream: Readable): void {
  if (!stream.destroyed) stream.destroy(stream.readable || stream.writable ? abortError() : null);
}
