/** Number -> code and text: what `util.getSystemErrorMap()` gives, and libuv's own table. */
export type ErrnoMap = ReadonlyMap<number, readonly [code: string, text: string]>;

/**
 * The codes a byte transport meets, with libuv's texts. The numbers are Linux's: what a transport without a system under it
 * reports. A driver over a real system passes that system's own numbers and map instead.
 */
const KNOWN: readonly (readonly [errno: number, code: string, text: string])[] = [
  [-1, 'EPERM', 'operation not permitted'],
  [-2, 'ENOENT', 'no such file or directory'],
  [-5, 'EIO', 'i/o error'],
  [-9, 'EBADF', 'bad file descriptor'],
  [-11, 'EAGAIN', 'resource temporarily unavailable'],
  [-12, 'ENOMEM', 'not enough memory'],
  [-13, 'EACCES', 'permission denied'],
  [-14, 'EFAULT', 'bad address in system call argument'],
  [-16, 'EBUSY', 'resource busy or locked'],
  [-17, 'EEXIST', 'file already exists'],
  [-20, 'ENOTDIR', 'not a directory'],
  [-22, 'EINVAL', 'invalid argument'],
  [-23, 'ENFILE', 'file table overflow'],
  [-24, 'EMFILE', 'too many open files'],
  [-30, 'EROFS', 'read-only file system'],
  [-32, 'EPIPE', 'broken pipe'],
  [-36, 'ENAMETOOLONG', 'name too long'],
  [-38, 'ENOSYS', 'function not implemented'],
  [-71, 'EPROTO', 'protocol error'],
  [-88, 'ENOTSOCK', 'socket operation on non-socket'],
  [-90, 'EMSGSIZE', 'message too long'],
  [-92, 'ENOPROTOOPT', 'protocol not available'],
  [-95, 'ENOTSUP', 'operation not supported on socket'],
  [-97, 'EAFNOSUPPORT', 'address family not supported'],
  [-98, 'EADDRINUSE', 'address already in use'],
  [-99, 'EADDRNOTAVAIL', 'address not available'],
  [-100, 'ENETDOWN', 'network is down'],
  [-101, 'ENETUNREACH', 'network is unreachable'],
  [-103, 'ECONNABORTED', 'software caused connection abort'],
  [-104, 'ECONNRESET', 'connection reset by peer'],
  [-105, 'ENOBUFS', 'no buffer space available'],
  [-106, 'EISCONN', 'socket is already connected'],
  [-107, 'ENOTCONN', 'socket is not connected'],
  [-108, 'ESHUTDOWN', 'cannot send after transport endpoint shutdown'],
  [-110, 'ETIMEDOUT', 'connection timed out'],
  [-111, 'ECONNREFUSED', 'connection refused'],
  [-112, 'EHOSTDOWN', 'host is down'],
  [-113, 'EHOSTUNREACH', 'host is unreachable'],
  [-114, 'EALREADY', 'connection already in progress'],
  [-125, 'ECANCELED', 'operation canceled'],
  [-3001, 'EAI_AGAIN', 'temporary failure'],
  // The system calls it EAI_NONAME; Node's dns says this.
  [-3008, 'ENOTFOUND', 'unknown node or service'],
  [-4094, 'UNKNOWN', 'unknown error'],
  [-4095, 'EOF', 'end of file'],
];

/** What a failure is called: a number, a code and a text that belong together. */
export interface Errno {
  /** As libuv has it on the platform: negative. */
  readonly errno: number;
  /** `ECONNREFUSED` and the like. */
  readonly code: string;
  /** What `strerror` says of it: `connection refused`. */
  readonly text: string;
}

/**
 * Completes a failure of which the number or the code is known. A number is looked up in `map` first, which is the system's
 * own; one that is not known becomes Node's `Unknown system error -N`.
 */
export function describeErrno(errno: number | undefined, code: string | undefined, map?: ErrnoMap): Errno {
  if (errno === undefined) return describeCode(code ?? 'UNKNOWN', map);
  const listed = map?.get(errno);
  if (listed) return { errno, code: code ?? listed[0], text: listed[1] };
  const known = KNOWN.find((row) => (code === undefined ? row[0] === errno : row[1] === code));
  return { errno, code: code ?? known?.[1] ?? `Unknown system error ${errno}`, text: known?.[2] ?? 'unknown error' };
}

function describeCode(code: string, map?: ErrnoMap): Errno {
  if (map) {
    for (const [errno, row] of map) if (row[0] === code) return { errno, code, text: row[1] };
  }
  const known = KNOWN.find((row) => row[1] === code);
  return { errno: known?.[0] ?? -4094, code, text: known?.[2] ?? 'unknown error' };
}
