import { keepHere } from '@netstrata/stream-core';
import type { StreamHandle } from '../binding/bindings.js';

/*
 * Where a handle reads into. A new one reads as those of Node's own sockets do, into memory that libuv asks for anew each time: what comes of it is
 * the receiver's without a copy, which suits long reads. Short ones go into a buffer that all handles share, and are copied out of it. A connection
 * that is piped gets memory of its own, to lend from. No code of a user's ever sees either, and nothing is read into what was given away.
 *
 * `useUserBuffer` leaves a listener on the handle for as long as that lives: a handle is told a few times in its life, not once a read.
 */

/** libuv suggests 64 KiB a read. */
const READ_SIZE = 65_536;
/** Reads of this size and above are long: better left to the receiver as libuv gave them than copied. */
export const LONG = 32_768;
/** Reads of this size and above are worth lending: below, the copy is cheaper than what it takes to avoid it. */
const LENT_FROM = 4096;
const SMALL = 512;
/** Not a power of two: buffers side by side would share a few sets of the processor's caches between them. */
const OWN_SIZE = 81_920;
/** So many connections have memory of their own at a time; the others copy. */
const HOLDERS = 256;

/** Memory of its own, on a handle that has some. It must not be collected: libuv keeps a bare pointer. */
const ownMemory = Symbol('netstrata.ownMemory');

/** Whether it is one of the holders: a handle that has changed hands is counted once. */
const isCounted = Symbol('netstrata.isCounted');

/** @internal */
export interface ReadingHandle extends StreamHandle {
  [ownMemory]?: Buffer;
  [isCounted]?: boolean;
}

const shared = Buffer.allocUnsafeSlow(READ_SIZE);
/** Views of what short reads bring, made when first needed. */
const starts = new Array<Buffer | undefined>(SMALL + 1);
/** Its mark takes a module of Node's: not before it is used. */
let kept: Buffer | undefined;
let holders = 0;

/** From now on it reads into the buffer of all, whatever it was told by others before. */
export function readShared(handle: ReadingHandle): void {
  if (handle[ownMemory] === undefined) handle.useUserBuffer((kept ??= keepHere(shared)));
  else count(handle);
}

/** Has it read into memory of its own, where reads are of such a size and there are not too many that do. Whether it does. */
export function readOwn(handle: ReadingHandle, size: number): boolean {
  if (ownsMemory(handle)) return true;
  if (size < LENT_FROM || holders >= HOLDERS) return false;
  count(handle);
  renewOwn(handle);
  return true;
}

/** Other memory of its own: what it has lent is still being read. */
export function renewOwn(handle: ReadingHandle): void {
  handle[ownMemory] = keepHere(Buffer.allocUnsafeSlow(OWN_SIZE));
  handle.useUserBuffer(handle[ownMemory]);
}

/** What was read into the buffer of all: there until anything is read again. */
export function sharedBytes(size: number): Buffer {
  return size <= SMALL ? (starts[size] ??= shared.subarray(0, size)) : shared.subarray(0, size);
}

/** What was read into the handle's own memory: there until it reads again. */
export function ownBytes(handle: ReadingHandle, size: number): Buffer {
  return handle[ownMemory]!.subarray(0, size);
}

/** Whether it reads into memory of its own. */
export function ownsMemory(handle: ReadingHandle): boolean {
  return handle[ownMemory] !== undefined;
}

/** The connection lets go of the handle. */
export function letGo(handle: ReadingHandle): void {
  if (handle[isCounted] !== true) return;
  handle[isCounted] = false;
  holders--;
}

function count(handle: ReadingHandle): void {
  if (handle[isCounted] === true) return;
  handle[isCounted] = true;
  holders++;
}
