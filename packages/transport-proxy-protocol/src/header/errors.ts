import { codedError, type CodedError } from '@netstrata/stream-core';

/** ERR_PROXY_HEADER_INVALID: bytes that began as a header, and are none. */
export const invalidHeader = (why: string): CodedError => codedError(Error, 'ERR_PROXY_HEADER_INVALID', `The PROXY header ${why}`);

/** ERR_PROXY_HEADER_TOO_LARGE: it says that it is larger than the reader takes. */
export const largeHeader = (size: number, max: number): CodedError =>
  codedError(Error, 'ERR_PROXY_HEADER_TOO_LARGE', `The PROXY header has ${size} bytes behind its first 16, more than ${max}`);
