import { constructorName, inspectValue } from './inspect-value.js';

/** An error as Node makes them: the code in `code` and in the head of `stack`, not in `name`. */
export interface CodedError extends Error {
  code: string;
}

type Base = new (message: string) => Error;
// V8 only; other engines put no head into `stack`.
const { captureStackTrace } = Error as { captureStackTrace?: (error: object, above?: unknown) => void };

/** The description inherits nothing: neither `get` nor anything else that a program has put on `Object.prototype`. */
function hide(error: object, key: string, value: unknown): void {
  const descriptor = { value, configurable: true, enumerable: false, writable: true };
  Object.defineProperty(error, key, Object.assign(Object.create(null) as object, descriptor));
}

function coded(Base: Base, code: string, message: string): CodedError {
  const error = new Base(message) as CodedError;
  const { name } = error;
  const head = `${name} [${code}]`;
  if (captureStackTrace !== undefined) {
    // The head of the trace is built from `name` while it is captured, or when it is first read.
    hide(error, 'name', head);
    captureStackTrace(error, coded);
    String(error.stack);
    delete (error as Partial<CodedError>).name;
  }
  error.code = code;
  const toString = (): string => `${name} [${code}]: ${error.message}`;
  hide(error, 'toString', toString);
  return error;
}

/** What Node writes after "Received" for a value of the wrong type. */
function received(value: unknown): string {
  if (value == null) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = constructorName(value);
    return name === null || name === '' ? inspectValue(value) : `an instance of ${name}`;
  }
  return `type ${typeof value} (${typeof value === 'string' ? quoted(value) : inspectValue(value)})`;
}

function quoted(text: string): string {
  const cut = text.length > 28 ? `${text.slice(0, 25)}...` : text;
  return cut.includes("'") ? JSON.stringify(cut) : `'${cut}'`;
}

function kind(name: string): string {
  return name.includes('.') ? 'property' : 'argument';
}

/** TypeError `ERR_INVALID_ARG_TYPE`. `expected` is a phrase such as `of type string`. */
export function invalidArgType(name: string, expected: string, value: unknown): CodedError {
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind(name)} must be ${expected}. Received ${received(value)}`);
}

/** TypeError `ERR_INVALID_ARG_VALUE`. */
export function invalidArgValue(name: string, value: unknown, reason = 'is invalid'): CodedError {
  const text = inspectValue(value);
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text;
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind(name)} '${name}' ${reason}. Received ${shown}`);
}

/** RangeError `ERR_OUT_OF_RANGE`. */
export function outOfRange(name: string, range: string, value: number): CodedError {
  let shown = inspectValue(value);
  // Node groups the characters of large integers from the end, those of an exponent too.
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) shown = shown.replace(/(?<=[^-])(?=(?:.{3})+$)/g, '_');
  return coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}

/** RangeError `ERR_SOCKET_BAD_PORT`. */
export function badPort(name: string, value: unknown): CodedError {
  return coded(RangeError, 'ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. Received ${received(value)}.`);
}

/** Error `ERR_INVALID_ADDRESS`. Node makes this one in C++, where the code stays out of the stack. */
export function invalidAddress(): CodedError {
  return Object.assign(new Error('Invalid socket address'), { code: 'ERR_INVALID_ADDRESS' });
}
