import { descriptorOf } from '@netstrata/stream-core';

/** Whether Node's tls has a handle under its own, and moves all bytes by itself: it is tls that makes `reading` an accessor. */
export function isUnderTls(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && descriptorOf(handle, 'reading')?.get !== undefined;
}
