import type { Enter } from '@netstrata/transport-memory';
import type { World } from '../world/world.js';
import type { WorldHost } from '../world/world-host.js';

/** Who is running: a world, and in it a host, or the scenario itself. */
export interface Here {
  readonly world: World;
  readonly host: WorldHost | null;
}

interface Storage {
  run<T>(here: Here, body: () => T): T;
  getStore(): Here | undefined;
  exit<T>(body: () => T): T;
}

interface AsyncHooks {
  readonly AsyncLocalStorage: (new () => Storage) & { readonly snapshot: () => Enter };
}

const hooks = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process?.getBuiltinModule?.('async_hooks') as AsyncHooks | undefined;

/** Node alone carries this along with callbacks and promises; elsewhere everybody is nowhere. */
const storage = hooks === undefined ? null : new hooks.AsyncLocalStorage();

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

/** What runs on behalf of a host is there, and otherwise in the context of who has started it. */
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
