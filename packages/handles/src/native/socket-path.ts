import { Buffer } from 'node:buffer';

/** Owns what the system accepts as the path of a UNIX socket or Windows pipe. */

/** The size of `sockaddr_un.sun_path`; Windows' pipes have names, not socket addresses. */
function sizeOfSunPath(): number {
  if (process.platform === 'win32') return Number.POSITIVE_INFINITY;
  if (process.platform === 'aix') return 1023;
  return ['linux', 'android', 'sunos'].includes(process.platform) ? 108 : 104;
}

const LIMIT = sizeOfSunPath();

/**
 * Whether there is no such path: it is longer than the system has room for, or has a NUL in it. Up to Node 24 libuv cuts
 * a long path and listens at what is left of it; Node 26 refuses it with EINVAL, and so do both drivers everywhere. In
 * Linux's abstract names, which begin with NUL, every byte counts.
 */
export function isInvalidPath(path: string): boolean {
  const isAbstract = path.startsWith('\0') && process.platform === 'linux';
  if (!isAbstract && path.includes('\0')) return true;
  return path.length > LIMIT / 4 && Buffer.byteLength(path) > LIMIT;
}
