/**
 * Errors as Node makes them: a stable `code`, the wording of Node's documentation, and a stack that starts with
 * `Name [CODE]: message`.
 */

export interface CodedError extends Error {
  code: string;
}

type ErrorClass = new (message: string) => Error;

/** An error with Node's shape. `Base` is the class that Node uses for this code. */
export function codedError(Base: ErrorClass, code: string, message: string): CodedError {
  const error = new Base(message) as CodedError;
  // The stack takes its first line from the name at the moment it is first read.
  Object.defineProperty(error, 'name', { value: `${error.name} [${code}]`, configurable: true, writable: true, enumerable: false });
  Reflect.get(error, 'stack');
  delete (error as { name?: string }).name;
  error.code = code;
  Object.defineProperty(error, 'toString', {
    value(this: CodedError) {
      return `${this.name} [${code}]: ${this.message}`;
    },
    configurable: true,
    writable: true,
    enumerable: false,
  });
  return error;
}

/** ERR_INVALID_ARG_TYPE: `expected` is the middle of the sentence, as in `of type string`. */
export function invalidArgType(name: string, expected: string, actual: unknown): CodedError {
  const what = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `${what} must be ${expected}. Received ${describe(actual)}`);
}

/** ERR_INVALID_ARG_VALUE, with Node's default reason. */
export function invalidArgValue(name: string, value: unknown, reason = 'is invalid', Base: ErrorClass = TypeError): CodedError {
  const text = show(value);
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text;
  return codedError(Base, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`);
}

/** ERR_OUT_OF_RANGE. */
export function outOfRange(name: string, range: string, received: unknown): CodedError {
  const shown = typeof received === 'number' && Number.isInteger(received) && Math.abs(received) > 2 ** 32 ? withUnderscores(String(received)) : show(received);
  return codedError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`);
}

export const writeAfterEnd = (): CodedError => codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
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
  codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${typeof encoding === 'string' ? encoding : show(encoding)}`);
export const multipleCallback = (): CodedError => codedError(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times');

/** What Node 22 and later give the callback of a write that was under way when its handle was closed; the number is Linux's. */
export function writeCanceled(): Error {
  return Object.assign(new Error('write ECANCELED'), { errno: -125, code: 'ECANCELED', syscall: 'write' });
}

/** The error of a stream that was destroyed before it was done. */
export function abortError(): CodedError {
  const error = new Error('The operation was aborted') as CodedError;
  error.code = 'ABORT_ERR';
  error.name = 'AbortError';
  return error;
}

/** What was received, in the words that Node ends such a message with. */
export function describe(value: unknown): string {
  if (value == null) return String(value);
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'function ';
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    return name ? `an instance of ${name}` : show(value);
  }
  const text = show(value);
  return `type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
}

/** A value as `util.inspect` shows it, as far as messages need it. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const quote = !value.includes("'") ? "'" : !value.includes('"') ? '"' : !value.includes('`') ? '`' : "'";
    const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`);
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  const inner = Array.isArray(value)
    ? value.map((item) => show(item)).join(', ')
    : Object.keys(value)
        .map((key) => `${key}: ${show((value as Record<string, unknown>)[key])}`)
        .join(', ');
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (Object.getPrototypeOf(value) === null) return inner ? `[Object: null prototype] { ${inner} }` : '[Object: null prototype] {}';
  return inner ? `${open} ${inner} ${close}` : `${open}${close}`;
}

function withUnderscores(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '_');
}
