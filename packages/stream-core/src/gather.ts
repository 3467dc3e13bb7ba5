/**
 * Where the small writes of a tick gather. The first write of a tick goes out at once; later ones are copied here and
 * leave together at its end. Copying keeps what a caller may see unchanged: the write counts as taken, and the caller's
 * chunk may be used again, exactly as after a write that the kernel took at once.
 */

import { allocate } from './bytes.js';

/** Larger chunks are not worth copying: they go out by themselves. */
export const GATHER_CHUNK = 4096;
/** A side that has gathered this much sends it without waiting for the end of the tick. */
export const GATHER_LIMIT = 65536;
const SLAB = 4 * GATHER_LIMIT;

interface Gathering {
  flush(): void;
}

let slab: Uint8Array | null = null;
let used = 0;
/** Sides that hold gathered bytes now. */
let holders = 0;
/** Every side that gathered since the slab was last empty, for the exit of the process. */
let pending: Gathering[] = [];
let watchingExit = false;
let exitStarted = false;

/** The process is on its way out: no tick will end any more, so nothing may be gathered for its end. */
export function exiting(): boolean {
  if (!watchingExit) watchExit();
  return exitStarted;
}

/** A tick that calls process.exit() never ends: what was written in it still has to reach the peer. */
function watchExit(): void {
  watchingExit = true;
  const host = (globalThis as { process?: { _exiting?: boolean; on?: (event: string, listener: () => void) => void } }).process;
  // Too late for a listener when the first writes come from one.
  exitStarted = host?._exiting === true;
  host?.on?.('exit', () => {
    exitStarted = true;
    for (const side of pending) side.flush();
  });
}

/** What one side has gathered: pieces of slabs, nearly always one. */
export class Gather {
  bytes = 0;
  #pieces: Uint8Array[] = [];

  /** Takes a copy. The chunk is at most GATHER_CHUNK bytes. */
  add(chunk: Uint8Array, holder: Gathering): void {
    if (slab === null || used + chunk.length > SLAB) {
      slab = allocate(SLAB);
      used = 0;
    }
    slab.set(chunk, used);
    const last = this.#pieces.length - 1;
    const piece = this.#pieces[last];
    if (piece !== undefined && piece.buffer === slab.buffer && piece.byteOffset + piece.length === slab.byteOffset + used) {
      this.#pieces[last] = slab.subarray(piece.byteOffset - slab.byteOffset, used + chunk.length);
    } else {
      this.#pieces.push(slab.subarray(used, used + chunk.length));
    }
    used += chunk.length;
    if (this.bytes === 0) hold(holder);
    this.bytes += chunk.length;
  }

  /** Gives up what was gathered. `release` must follow once the bytes have been passed on. */
  take(): readonly Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.bytes = 0;
    return pieces;
  }
}

/** The taken bytes were passed on; `lent` when they are still being read from where they are. */
export function release(lent: boolean): void {
  holders--;
  if (lent) slab = null;
  if (holders > 0) return;
  used = 0;
  pending = [];
}

function hold(holder: Gathering): void {
  holders++;
  pending.push(holder);
}
