import type { StreamHandle } from './bindings.js';
import { readBuffer } from './read-buffer.js';
import { immediate } from '../immediate.js';

/** What a handle reads into, if that is not what all do. It stands on the handle because libuv keeps no more than a bare pointer to it. */
export const bufferOf = Symbol('netstrata.buffer');

export interface BufferedHandle extends StreamHandle {
  [bufferOf]?: Uint8Array | undefined;
}

/** The handle that is told of another buffer now. */
let changing: BufferedHandle | null = null;
let watching = false;
let forgetting = false;

/**
 * The buffer that `onread` gives back, for the handle to read into from now on. What it gives back is lost when a tick behind it
 * throws, in a process that survives that: the handle would go on reading into memory that is somebody else's by now.
 */
export function change(handle: BufferedHandle, buffer: Uint8Array): Uint8Array {
  handle[bufferOf] = buffer === readBuffer ? undefined : buffer;
  changing = handle;
  if (!watching) {
    watching = true;
    process.on('uncaughtExceptionMonitor', onUncaught);
  }
  if (!forgetting) {
    forgetting = true;
    immediate(forget);
  }
  return buffer;
}

/** What was given back has arrived: the handles call again, so the ticks behind the last call have run. */
export function arrived(): void {
  changing = null;
}

/**
 * Whether something of Node's listens on the handle above us: then a call would push us on top of it. tls puts accessors in the place of
 * `reading`, http leaves a mark.
 */
function isOvertaken(handle: BufferedHandle & { _consumed?: boolean }): boolean {
  return handle._consumed === true || Object.getOwnPropertyDescriptor(handle, 'reading')?.get !== undefined;
}

/** Gives the handle another buffer at once. Every call leaves a listener on the handle, so it is not the usual way. */
export function changeNow(handle: BufferedHandle, buffer: Uint8Array): void {
  handle[bufferOf] = buffer;
  handle.useUserBuffer(buffer);
}

function onUncaught(): void {
  if (changing !== null && !isOvertaken(changing)) changing.useUserBuffer(changing[bufferOf] ?? readBuffer);
  changing = null;
}

/** The ticks have run. Somebody else may put a listener of their own on the handle from now on. */
function forget(): void {
  changing = null;
  forgetting = false;
}
