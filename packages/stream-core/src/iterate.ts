import type { Duplex } from './duplex.js';
import { prematureClose } from './errors.js';

export interface IteratorOptions {
  /** Destroy the stream when the loop is left early; true when not given. */
  destroyOnReturn?: boolean;
}

/** The chunks of a stream, read when asked for. */
export async function* iterate(stream: Duplex, options?: IteratorOptions): AsyncGenerator<Uint8Array | string, undefined> {
  let wake: () => void = () => {};
  /** Undefined while the stream goes on, null when it ended, its error otherwise. */
  let outcome: Error | null | undefined;
  const onReadable = (): void => wake();
  const finish = (error: Error | null): void => {
    outcome ??= error;
    wake();
  };
  const onEnd = (): void => finish(null);
  const onError = (error: Error): void => finish(error);
  const onClose = (): void => finish(stream.readableEnded ? null : (stream.errored ?? prematureClose()));
  stream.on('readable', onReadable);
  stream.on('end', onEnd);
  stream.on('error', onError);
  stream.on('close', onClose);
  if (stream.readableEnded) outcome = null;
  else if (stream.errored) outcome = stream.errored;
  else if (stream.destroyed && stream.closed) onClose();
  const off = (): void => {
    stream.off('readable', onReadable);
    stream.off('end', onEnd);
    stream.off('error', onError);
    stream.off('close', onClose);
  };
  let failed: unknown;
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : (stream.read() as Uint8Array | string | null);
      if (chunk !== null) yield chunk;
      else if (outcome) throw outcome;
      else if (outcome === null) return undefined;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch (error) {
    failed = error;
    throw error;
  } finally {
    if ((failed || options?.destroyOnReturn !== false) && (outcome === undefined || stream._readableState.autoDestroy)) stream.destroy();
    off();
  }
}
