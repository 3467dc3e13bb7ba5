import { Buffer } from 'node:buffer';

/** The size of `sockaddr_un.sun_path`; Windows' pipes have names, not socket addresses. */
function sizeOfSunPath(): number {
  if (process.platform === 'win32') return Number.POSITIVE_INFINITY;
  if (process.platform === 'aix') return 1023;
  return ['linux', 'android', 'sunos'].includes(process.platform) ? 108 : 104;
}

const LIMIT = sizeOfSunPath();

/**
 * Whether the system has no room for this path. Up to Node 24 libuv cuts such a path and listens at what is left of it;
 * Node 26 refuses it with EINVAL, and so do both drivers everywhere.
 */
export function isTooLong(path: string): boolean {
  return path.length > LIMIT / 4 && Buffer.byteLength(path) > LIMIT;
}
