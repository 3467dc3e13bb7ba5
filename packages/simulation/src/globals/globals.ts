import { bare, optionsOf } from '@netstrata/stream-core';
import { HostTimeout } from './host-timeout.js';
import { worldConnect } from './tls.js';
import { here, type Here } from '../context/here.js';

type Callback = (...args: unknown[]) => void;
type Returns = (...args: unknown[]) => unknown;
type AnyFunction = (...args: never[]) => unknown;

interface Runtime {
  getBuiltinModule?(name: string): unknown;
}

const getBuiltin = (name: string): unknown => (globalThis as { process?: Runtime }).process?.getBuiltinModule?.(name);

/** How many have installed them. */
let installed = 0;
let restore: (() => void)[] = [];

/**
 * Gives code that runs in a world the world's time: `setTimeout`, `setInterval` and what clears them (global, of `node:timers` and
 * `node:timers/promises`), `Date`, `performance.now` and, drawn from the seed, `Math.random`; and `tls.connect`, which then connects on the
 * host's network. Code that runs in no world keeps the runtime's. Call what it returns to put everything back.
 *
 * `setImmediate`, `process.nextTick`, promises and `queueMicrotask` need nothing of the kind: they run between two events, as always.
 */
export function installGlobals(): () => void {
  if (installed++ === 0) install();
  let isUndone = false;
  return () => {
    if (isUndone) return;
    isUndone = true;
    if (--installed === 0) uninstall();
  };
}

function install(): void {
  const timers = getBuiltin('timers') as Record<string, AnyFunction> | undefined;
  const promises = getBuiltin('timers/promises') as Record<string, AnyFunction> | undefined;
  for (const owner of [globalThis as unknown as Record<string, AnyFunction>, timers]) {
    if (owner === undefined) continue;
    replace(owner, 'setTimeout', (original) => starter(original, false));
    replace(owner, 'setInterval', (original) => starter(original, true));
    replace(owner, 'clearTimeout', clearer);
    replace(owner, 'clearInterval', clearer);
  }
  if (promises !== undefined) replace(promises, 'setTimeout', promised);
  const tls = getBuiltin('tls') as { connect: (options: object, listener?: (() => void) | null) => unknown } | undefined;
  if (tls !== undefined) replace(tls, 'connect', worldConnect);
  replace(globalThis as unknown as { Date: DateConstructor }, 'Date', worldDate);
  const numbers = { performance, Math } as unknown as Record<'performance' | 'Math', Record<string, () => number>>;
  replace(numbers.performance, 'now', (original) => () => here()?.world.now ?? original.call(performance));
  replace(numbers.Math, 'random', (original) => () => here()?.world.random.fraction() ?? original());
  syncExports();
}

function uninstall(): void {
  for (const undo of restore.reverse()) undo();
  restore = [];
  syncExports();
}

/** Named imports of builtin modules follow. */
function syncExports(): void {
  (getBuiltin('module') as { syncBuiltinESMExports?(): void } | undefined)?.syncBuiltinESMExports?.();
}

function replace<T extends object, K extends keyof T>(owner: T, key: K, by: (original: T[K]) => T[K]): void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  const original = owner[key];
  const enumerable = before?.enumerable ?? false;
  Object.defineProperty(owner, key, bare({ value: by(original), writable: true, configurable: true, enumerable }));
  restore.push(() => {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else Object.defineProperty(owner, key, bare(before));
  });
}

function starter(original: AnyFunction, repeats: boolean): AnyFunction {
  const start = (callback: Callback, milliseconds?: number, ...args: unknown[]): unknown => {
    const where = here();
    if (where === undefined) return (original as unknown as Returns)(callback, milliseconds, ...args);
    return new HostTimeout(where, () => { callback(...args); }, milliseconds, repeats);
  };
  // `util.promisify(setTimeout)`: as it was, for code in no world.
  return Object.assign(start, { [Symbol.for('nodejs.util.promisify.custom')]: promised(undefined as unknown as AnyFunction, original) });
}

function clearer(original: AnyFunction): AnyFunction {
  return ((timer: unknown) => {
    const found = HostTimeout.find(timer, here()?.world);
    if (found === null) (original as Callback)(timer);
    else found.close();
  });
}

/** `timers/promises`, and what `promisify` gives. */
function promised(original: AnyFunction | undefined, start?: AnyFunction): AnyFunction {
  return ((milliseconds: number, value: unknown, options?: { readonly signal?: AbortSignal }) => {
    const where = here();
    if (where === undefined && original !== undefined) return (original as unknown as Returns)(milliseconds, value, options);
    return new Promise((resolve, reject) => {
      const { signal } = optionsOf(options, ['signal']);
      if (signal?.aborted) {
        reject(aborted(signal));
        return;
      }
      const done = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      };
      const timer = where === undefined
        ? (start as unknown as Returns)(done, milliseconds)
        : new HostTimeout(where, done, milliseconds, false);
      const abort = (): void => {
        clearTimeout(timer as never);
        reject(aborted(signal!));
      };
      signal?.addEventListener('abort', abort, bare({ once: true }));
    });
  });
}

function aborted(signal: AbortSignal): Error {
  return Object.assign(new Error('The operation was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' });
}

function worldDate(original: DateConstructor): DateConstructor {
  const timeOf = ({ world }: Here): number => Math.floor(world.epoch + world.now);
  return new Proxy(original, {
    construct(target, args, newTarget: new (...args: unknown[]) => object) {
      const where = here();
      const given: unknown[] = args.length === 0 && where !== undefined ? [timeOf(where)] : args;
      return Reflect.construct(target, given, newTarget) as object;
    },
    apply(target) {
      const where = here();
      return where === undefined ? target() : new target(timeOf(where)).toString();
    },
    get(target, key, receiver) {
      if (key !== 'now') return Reflect.get(target, key, receiver) as unknown;
      return () => {
        const where = here();
        return where === undefined ? target.now() : timeOf(where);
      };
    },
  });
}
