import { flushAll } from '@netstrata/stream-core';
import { hostProcess, loadBuiltin } from '../host.js';
import type { Changes } from './changes.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * What ends or blocks the process from inside, in the middle of a tick, and tells nobody before: what sockets have gathered for the end of the tick leaves
 * first. 'exit' tells of all other ends.
 */
export function sendBeforeEndings(changes: Changes): void {
  for (const name of ['kill', 'abort', 'reallyExit']) precede(changes, hostProcess, name);
  const processes = loadBuiltin('child_process');
  for (const name of ['spawnSync', 'execSync', 'execFileSync']) precede(changes, processes, name);
  precede(changes, Atomics, 'wait');
  const files = loadBuiltin('fs');
  // Who polls for a file, or reads from a pipe, waits too.
  for (const name of Object.keys(files ?? {})) if (name.endsWith('Sync')) precede(changes, files, name);
}

/** Puts a function in the place of a member that does the same, after everything has been sent. What cannot be replaced stays as it is. */
function precede(changes: Changes, target: unknown, name: string): void {
  const method = (target as Record<string, unknown> | undefined)?.[name];
  if (typeof method !== 'function' || !Object.hasOwn(target as object, name)) return;
  const { [name]: replacement } = {
    [name](this: unknown, ...args: unknown[]): unknown {
      flushAll();
      return Reflect.apply(method as Method, this, args);
    },
  };
  // What hangs on it is there still: `realpathSync.native`.
  for (const key of Reflect.ownKeys(method)) {
    if (key !== 'prototype') Reflect.defineProperty(replacement as object, key, Reflect.getOwnPropertyDescriptor(method, key)!);
  }
  try {
    changes.replace(target as object, name, { value: replacement });
  } catch {
    // --frozen-intrinsics.
  }
}
