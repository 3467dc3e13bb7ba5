import type { Net } from '@netstrata/net-compat/core';
import type { Enter, Random, Timers } from '@netstrata/transport-memory';

/** A world, as the code that runs in it meets it. */
export interface CurrentWorld {
  /** Milliseconds since its beginning. */
  readonly now: number;
  /** What `Date.now()` is at its beginning. */
  readonly epoch: number;
  readonly random: Random;
  after(milliseconds: number, task: () => void): () => void;
}

/** A host, as the code that runs on it meets it. */
export interface CurrentHost {
  readonly name: string;
  readonly net: Net;
  /** Those of its program. */
  readonly timers: Timers;
}

/** Where code runs: in a world, and there on a host, or as the scenario itself. */
export interface Here {
  readonly world: CurrentWorld;
  readonly host: CurrentHost | null;
}

interface Storage {
  run<T>(here: Here, body: () => T): T;
  getStore(): Here | undefined;
  exit<T>(body: () => T): T;
}

interface AsyncHooks {
  readonly AsyncLocalStorage: (new () => Storage) & { readonly snapshot: () => Enter };
}

interface Runtime {
  getBuiltinModule?(name: string): unknown;
}

const hooks = (globalThis as { process?: Runtime }).process?.getBuiltinModule?.('async_hooks') as AsyncHooks | undefined;

/** Node alone carries this along with callbacks and promises; elsewhere all code is nowhere. */
const storage = hooks === undefined ? null : new hooks.AsyncLocalStorage();

/** Where the caller runs; undefined in no world. */
export function here(): Here | undefined {
  return storage?.getStore();
}

export function runAt<T>(where: Here, body: () => T): T {
  return storage === null ? body() : storage.run(where, body);
}

/** In no world. */
export function runNowhere<T>(body: () => T): T {
  return storage === null ? body() : storage.exit(body);
}

/** What runs on behalf of a host runs there, and otherwise in the context of the code that has started it. */
export function captureAt(where: Here): Enter {
  return storage!.run(where, hooks!.AsyncLocalStorage.snapshot);
}

/** The same for code of a scenario: where it is now, or in `otherwise`, if it is nowhere. */
export function captureHere(otherwise: Here): (task: () => void) => void {
  if (storage === null) return (task) => { task(); };
  const enter = storage.getStore() === undefined ? captureAt(otherwise) : hooks!.AsyncLocalStorage.snapshot();
  return (task) => { enter(task, undefined); };
}

export const canCapture = storage !== null;
