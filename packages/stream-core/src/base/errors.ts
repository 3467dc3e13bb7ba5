/**
 * Errors as Node makes them: a stable `code`, the wording of Node's documentation, and a stack that starts with
 * `Name [CODE]: message`.
 */

import { bare } from './options.js';
import { asText, show } from './show.js';

/** An error with a stable code, as Node's own errors have it. */
export interface CodedError extends Error {
  /** `ERR_INVALID_ARG_TYPE` and the like: what programs may depend on, while texts may change. */
  code: string;
}

type ErrorClass = new (message: string) => Error;

type AnyFunction = (...args: never[]) => unknown;

/**
 * An error with Node's shape. `Base` is the class that Node uses for this code. The stack begins below `above`, where the runtime can do
 * that: a caller wants to see a line of its own.
 */
export function codedError(Base: ErrorClass, code: string, message: string, above: AnyFunction = codedError): CodedError {
  const error = new Base(message) as CodedError;
  // The stack takes its first line from the name at the moment it is first read.
  Object.defineProperty(error, 'name', bare({ value: `${error.name} [${code}]`, configurable: true }));
  (Error as { captureStackTrace?: (target: object, above: AnyFunction) => void }).captureStackTrace?.(error, above);
  Reflect.get(error, 'stack');
  delete (error as { name?: string }).name;
  error.code = code;
  return Object.setPrototypeOf(error, prototypeOf(Base)) as CodedError;
}

const prototypes = new Map<ErrorClass, object>();

/** Node's errors with a code have nothing of their own but that: how they are shown is on a prototype. */
function prototypeOf(Base: ErrorClass): object {
  let prototype = prototypes.get(Base);
  if (prototype === undefined) {
    prototype = Object.create(Base.prototype as object, {
      constructor: bare({ value: Base, writable: true, configurable: true }),
      toString: bare({
        value(this: CodedError) {
          return `${this.name} [${this.code}]: ${this.message}`;
        },
        writable: true,
        configurable: true,
      }),
    }) as object;
    prototypes.set(Base, prototype);
  }
  return prototype;
}

/** ERR_INVALID_ARG_TYPE: `expected` is the middle of the sentence, as in `of type string`. */
export function invalidArgType(name: string, expected: string, actual: unknown, above: AnyFunction = invalidArgType): CodedError {
  const what = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `${what} must be ${expected}. Received ${describe(actual)}`, above);
}

/** ERR_INVALID_ARG_VALUE, with Node's default reason. */
export function invalidArgValue(name: string, value: unknown, reason = 'is invalid', Base: ErrorClass = TypeError): CodedError {
  const text = show(value);
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text;
  const what = name.includes('.') ? 'property' : 'argument';
  return codedError(Base, 'ERR_INVALID_ARG_VALUE', `The ${what} '${name}' ${reason}. Received ${shown}`, invalidArgValue);
}

/** ERR_OUT_OF_RANGE. */
export function outOfRange(name: string, range: string, received: unknown): CodedError {
  const isLong = Number.isInteger(received) && Math.abs(received as number) > 2 ** 32;
  const shown = isLong ? withUnderscores(String(received)) : show(received);
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`;
  return codedError(RangeError, 'ERR_OUT_OF_RANGE', message, outOfRange);
}

export const writeAfterEnd = (): CodedError => codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
/** `ERR_STREAM_DESTROYED`: a call on a stream that is destroyed. */
export const streamDestroyed = (call: string): CodedError =>
  codedError(Error, 'ERR_STREAM_DESTROYED', `Cannot call ${call} after a stream was destroyed`);
export const alreadyFinished = (call: string): CodedError =>
  codedError(Error, 'ERR_STREAM_ALREADY_FINISHED', `Cannot call ${call} after a stream was finished`);
export const prematureClose = (): CodedError => codedError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
export const pushAfterEof = (): CodedError => codedError(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF');
export const unshiftAfterEnd = (): CodedError =>
  codedError(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event');
export const nullValues = (): CodedError => codedError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
export const unknownEncoding = (encoding: unknown): CodedError =>
  codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${asText(encoding)}`, unknownEncoding);
/** ERR_INVALID_STATE: bytes that were handed in are not there any more. */
export const bytesGone = (what = 'a chunk'): CodedError =>
  codedError(Error, 'ERR_INVALID_STATE', `Invalid state: The memory of ${what} was detached or made smaller`);
export const multipleCallback = (): CodedError => codedError(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times');

/** What Node 22 and later give the callback of a write that was under way when its handle was closed; the number is Linux's. */
export function writeCanceled(): Error {
  return Object.assign(new Error('write ECANCELED'), { errno: -125, code: 'ECANCELED', syscall: 'write' });
}

/** The error of a stream that was destroyed before it was done. */
export function abortError(): CodedError {
  const error = new Error('The operation was aborted') as CodedError;
  error.code = 'ABORT_ERR';
  // Where the builtins are frozen it could not be assigned.
  Object.defineProperty(error, 'name', bare({ value: 'AbortError', configurable: true, writable: true, enumerable: true }));
  return error;
}

/** Whether it is an error, of whichever realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** What was received, in the words that Node ends such a message with. */
export function describe(value: unknown): string {
  if (value == null) return String(value);
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'function ';
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    return name ? `an instance of ${name}` : show(value, bare({ depth: -1 }));
  }
  if (typeof value !== 'string') return `type ${typeof value} (${show(value)})`;
  const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
  return `type string (${text.includes("'") ? JSON.stringify(text) : `'${text}'`})`;
}

/** In groups of three characters from the end, as Node does it: also where a number has an exponent. */
function withUnderscores(digits: string): string {
  return digits.replace(/(?<=[^-])(?=(?:.{3})+$)/g, '_');
}
