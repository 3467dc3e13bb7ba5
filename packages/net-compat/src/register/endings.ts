import { bare, flushAll } from '@netstrata/stream-core';
import { runtimeProcess, loadBuiltin } from '../runtime/runtime.js';
import type { Changes } from './changes.js';

/**
 * Calls that end or block the process from inside, in the middle of a tick, without an event: coalesced writes of
 * the tick leave first. Listeners of the process get all other endings.
 */
export function sendBeforeEndings(changes: Changes): void {
  for (const name of ['kill', 'abort', 'reallyExit', 'execve']) precede(changes, runtimeProcess, name);
  const processes = loadBuiltin('child_process');
  for (const name of ['spawnSync', 'execSync', 'execFileSync']) precede(changes, processes, name);
  precede(changes, Atomics, 'wait');
  const files = loadBuiltin('fs');
  // Who polls for a file, or reads from a pipe, waits too.
  for (const name of Object.keys(files ?? {})) if (name.endsWith('Sync')) precede(changes, files, name);
}

type Method = (...args: unknown[]) => unknown;

/**
 * What a function is called, how many arguments it takes, what hangs on it (`realpathSync.native`) and what `new` does with it stays as it
 * is.
 */
const first: ProxyHandler<Method> = bare({
  apply(method: Method, self: unknown, args: unknown[]): unknown {
    flushAll();
    return Reflect.apply(method, self, args);
  },
});

/** What cannot be replaced stays as it is. */
function precede(changes: Changes, target: unknown, name: string): void {
  const method = (target as Record<string, unknown> | undefined)?.[name];
  if (typeof method !== 'function' || !Object.hasOwn(target as object, name)) return;
  try {
    changes.replace(target as object, name, { value: new Proxy(method as Method, first) });
  } catch {
    // --frozen-intrinsics.
  }
}
