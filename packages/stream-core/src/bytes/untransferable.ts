import { runtimeProcess } from '../base/process.js';

/** Marks what cannot be given to another thread; nothing where the runtime has no such mark. */
type Mark = (memory: ArrayBufferLike) => void;

let mark: Mark | undefined;

function markOf(): Mark {
  const threads = runtimeProcess?.getBuiltinModule?.('worker_threads') as { markAsUntransferable?: Mark } | undefined;
  return threads?.markAsUntransferable ?? (() => {});
}

/** Memory that many use is to stay where it is, as far as the runtime can see to that (`markAsUntransferable`). */
export function keepHere<T extends Uint8Array>(memory: T): T {
  (mark ??= markOf())(memory.buffer);
  return memory;
}
