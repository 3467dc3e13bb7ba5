import { keepHere } from '@netstrata/stream-core';
import type { StreamHandle } from '../../native/stream-handle.js';
import { LoanMemory } from './loan-memory.js';

/** libuv suggests 64 KiB a read. */
const SHARED_SIZE = 65_536;
/** The views of reads up to this size are made once. */
const VIEWS_UP_TO = 512;
/** Reads of this size and above are worth lending: below, the copy is cheaper than what it takes to avoid it. */
const WORTH_LENDING = 4096;
/** So many connections have loan memory at a time; the others copy. */
const MOST_LOANS = 256;

/** On a handle that has some. It must not be collected: libuv keeps a bare pointer. */
const loanMemory = Symbol('netstrata.loanMemory');

/** @internal */
export interface ReadingHandle extends StreamHandle {
  [loanMemory]?: LoanMemory;
}

/**
 * Owns where the handles of a driver read into: the buffer that they share, and how many have loan memory. A handle is in one of
 * three states:
 *
 * - allocating: as those of Node's own sockets, into memory that libuv asks for with each read. It becomes the receiver's without a copy,
 *   which suits long reads. A new handle is in this state.
 * - sharing: into the buffer of all handles. Each read is copied out of it, or lent for the length of a call. After `share`.
 * - lending: into loan memory, which may be lent for as long as the connection is stopped. After `lend`, and for the rest of its life.
 *
 * Only `share`, `lend` and `renew` change it, a few times in the life of a handle: `useUserBuffer` leaves a listener on the handle for as
 * long as that lives. The state goes with the handle when it changes hands; a connection holds the loan memory of its handle meanwhile.
 * No code of a user's ever gets the shared buffer or loan memory for longer than it is lent, and nothing is read into what was given away.
 */
export class ReadMemory {
  readonly #buffer = Buffer.allocUnsafeSlow(SHARED_SIZE);
  readonly #views = new Array<Buffer | undefined>(VIEWS_UP_TO + 1);
  /** Marking it loads a module of Node's: done when it is first used. */
  #isMarked = false;
  #loans = 0;
  /** Whether handles can be told where to read into. */
  readonly #readsInto: boolean;

  constructor(readsInto: boolean) {
    this.#readsInto = readsInto;
  }

  /** From now on the handle reads into the shared buffer, whatever it was told before. One with loan memory keeps to that. */
  share(handle: ReadingHandle): void {
    if (!this.#readsInto) return;
    const loan = handle[loanMemory];
    if (loan !== undefined) {
      this.#use(loan);
      return;
    }
    if (!this.#isMarked) keepHere(this.#buffer);
    this.#isMarked = true;
    handle.useUserBuffer(this.#buffer);
  }

  /** What was read into the shared buffer: there until any handle reads again. */
  sharedBytes(size: number): Uint8Array {
    return size <= VIEWS_UP_TO ? (this.#views[size] ??= this.#buffer.subarray(0, size)) : this.#buffer.subarray(0, size);
  }

  /** The loan memory that a handle has already. */
  loanOf(handle: ReadingHandle): LoanMemory | null {
    return handle[loanMemory] ?? null;
  }

  /** Gives the handle loan memory, after a read of that size. Null where that is too short, or too many handles have some. */
  lend(handle: ReadingHandle, size: number): LoanMemory | null {
    if (!this.#readsInto || size < WORTH_LENDING || this.#loans >= MOST_LOANS) return null;
    const loan = this.renew(handle);
    this.#use(loan);
    return loan;
  }

  /** Gives the handle other loan memory: what it has lent is still being read. */
  renew(handle: ReadingHandle): LoanMemory {
    const loan = (handle[loanMemory] = new LoanMemory());
    handle.useUserBuffer(loan.bytes);
    return loan;
  }

  /** The connection no longer has the handle. */
  release(loan: LoanMemory): void {
    if (loan.inUse) this.#loans--;
    loan.inUse = false;
  }

  /** Counted once, however often the handle changes hands. */
  #use(loan: LoanMemory): void {
    if (!loan.inUse) this.#loans++;
    loan.inUse = true;
  }
}
