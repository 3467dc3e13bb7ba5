import { allocate } from '@netstrata/stream-core';
import { BATCH } from '../stream/mux-stream.js';

/** Room for a batch of data, and for control frames that come while the carrier takes no more. */
export const LARGE = BATCH + 65_536;
/**
 * What most ticks say has room in the smallest: a session keeps that one. The others all sessions share, as most of the time none is
 * needed.
 */
const SIZES = [2048, 32_768, LARGE] as const;
const [KEPT_BY_SESSION] = SIZES;
/** So many bytes of each size wait for the next session. */
const KEPT = 4_194_304;

const free = new Map<number, Uint8Array[]>(SIZES.map((size) => [size, []]));

/** Memory for so many bytes. More than LARGE, for the control frames of thousands of streams at once, is kept by nobody. */
export function memoryFor(size: number): Uint8Array {
  const fitting = SIZES.find((one) => size <= one) ?? 2 * size;
  return free.get(fitting)?.pop() ?? allocate(fitting);
}

/** Whether a session keeps it for what it says next. */
export const isSmall = (memory: Uint8Array): boolean => memory.length <= KEPT_BY_SESSION;

/** Nobody reads it any more. */
export function giveBack(memory: Uint8Array): void {
  const list = free.get(memory.length);
  if (list !== undefined && !isSmall(memory) && (list.length + 1) * memory.length <= KEPT) list.push(memory);
}
