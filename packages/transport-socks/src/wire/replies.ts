/** What SOCKS5 replies (RFC 1928 section 6), and the errno of each: the same in both directions. */
export const SUCCEEDED = 0;
export const GENERAL_FAILURE = 1;
export const NOT_ALLOWED = 2;
export const HOST_UNREACHABLE = 4;
export const REFUSED = 5;
export const TTL_EXPIRED = 6;
export const NO_SUCH_COMMAND = 7;

const ERRNOS: readonly string[] = [
  '', 'ECONNABORTED', 'EACCES', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED', 'ETIMEDOUT', 'EOPNOTSUPP', 'EAFNOSUPPORT',
];

const REPLIES: ReadonlyMap<string, number> = new Map([
  ['EACCES', 2], ['EPERM', 2], ['ENETUNREACH', 3], ['ENETDOWN', 3], ['EHOSTUNREACH', 4], ['EHOSTDOWN', 4], ['ENOTFOUND', 4],
  ['EAI_AGAIN', 4], ['EAI_FAIL', 4], ['EAI_NODATA', 4], ['EAI_NONAME', 4], ['ECONNREFUSED', 5], ['EADDRINUSE', 5], ['ETIMEDOUT', 6],
  ['EOPNOTSUPP', 7], ['EAFNOSUPPORT', 8],
]);

/** A number that is not known is a general failure. */
export const errnoOfReply = (reply: number): string => ERRNOS[reply] ?? ERRNOS[GENERAL_FAILURE];

export const replyOfErrno = (code: unknown): number => REPLIES.get(code as string) ?? GENERAL_FAILURE;
