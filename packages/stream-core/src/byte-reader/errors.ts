import { abortError, codedError, type CodedError } from '../base/errors.js';
import { bare } from '../base/options.js';

/** ERR_READER_LIMIT: what was asked for is longer than `max` bytes, or cannot but be. */
export interface ReaderLimitError extends CodedError {
  /** The limit: bytes that a piece may have. */
  readonly max: number;
}

/** ERR_READER_INCOMPLETE: the stream ended in the middle of what was asked for. */
export interface ReaderIncompleteError extends CodedError {
  /** How many bytes of it there are; they can still be read. */
  readonly received: number;
  /** How many more it would have taken, at least. */
  readonly missing: number;
  /** Both together. */
  readonly needed: number;
}

export function readerLimit(what: string, max: number): ReaderLimitError {
  const error = codedError(RangeError, 'ERR_READER_LIMIT', `${what} is longer than ${max} bytes`, readerLimit);
  return Object.assign(error, { max });
}

export function readerIncomplete(received: number, missing: number): ReaderIncompleteError {
  const message = `The stream ended after ${received} bytes of what was to be read; at least ${missing} more were missing`;
  const error = codedError(Error, 'ERR_READER_INCOMPLETE', message, readerIncomplete);
  return Object.assign(error, { received, missing, needed: received + missing });
}

export const readerTimeout = (ms: number): CodedError =>
  codedError(Error, 'ERR_READER_TIMEOUT', `Nothing was read within ${ms} ms`, readerTimeout);

export const readerReleased = (): CodedError => codedError(Error, 'ERR_READER_RELEASED', 'The reader was released', readerReleased);

export const readerLocked = (): CodedError =>
  codedError(Error, 'ERR_READER_LOCKED', 'The stream has a reader already: release that first', readerLocked);

/** ERR_INVALID_ARG_VALUE: a stream of which no bytes can be had. */
export const givesNoBytes = (why: string): CodedError =>
  codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'stream' must give bytes, but it ${why}`, givesNoBytes);

/** What an aborted read rejects with, as everywhere in Node: its `cause` is the signal's reason. */
export function aborted(signal: { readonly reason?: unknown }): CodedError {
  const error = abortError();
  Object.defineProperty(error, 'cause', bare({ value: signal.reason, configurable: true, writable: true }));
  return error;
}
