/** The many shapes of arguments that `connect` and `listen` take, made one. */

import { builtinNet } from '../runtime/runtime.js';

/** What `listen` looks at. */
export const LISTEN_OPTIONS = [
  'signal', 'fd', 'port', 'path', 'host', 'backlog', 'exclusive', 'ipv6Only', 'reusePort', 'readableAll', 'writableAll', 'reclaim',
] as const;

type Callback = (...args: unknown[]) => unknown;
export type Normalized = [options: Record<string, unknown>, callback: Callback | null];

/** The builtin's own mark where there is one: Node's modules pass on what either has normalized. */
const normalized = Object.getOwnPropertySymbols(builtinNet?._normalizeArgs?.([{}]) ?? {})[0] ?? Symbol('normalizedArgs');

/** `(options[, cb])`, `(path[, ...][, cb])` or `(port[, host][, ...][, cb])`. */
export function normalizeArgs(args: readonly unknown[]): Normalized {
  const [first, second] = args;
  let options: Record<string, unknown> = {};
  if (typeof first === 'object' && first !== null) {
    if (isNormalized(first)) return first;
    options = first as Record<string, unknown>;
  } else if (isPipeName(first)) {
    options['path'] = first;
  } else if (args.length > 0) {
    options['port'] = first;
    if (typeof second === 'string') options['host'] = second;
  }
  const last = args[args.length - 1];
  return mark([options, typeof last === 'function' ? (last as Callback) : null]);
}

function mark(result: Normalized): Normalized {
  return Object.assign(result, { [normalized]: true });
}

function isNormalized(value: object): value is Normalized {
  return Array.isArray(value) && (value as unknown as Record<symbol, unknown>)[normalized] === true;
}

/** Text that is no number. */
export function isPipeName(value: unknown): value is string {
  return typeof value === 'string' && toNumber(value) === false;
}

/** A number that is not negative, or false. */
export function toNumber(value: unknown): number | false {
  const number = Number(value);
  return number >= 0 ? number : false;
}
