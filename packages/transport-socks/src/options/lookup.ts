import { invalidArgType } from '@netstrata/stream-core';
import type { Lookup } from '@netstrata/transport/hosts';
import { checkFunction } from '@netstrata/transport/layers';

interface Runtime {
  readonly process?: { getBuiltinModule?(name: string): { readonly lookup: Lookup } | undefined };
}

/** The one that was given, or the runtime's; null where it has none. Throws ERR_INVALID_ARG_TYPE. */
export function lookupOf(given: Lookup | undefined): Lookup | null {
  if (given !== undefined) {
    checkFunction('options.lookup', given);
    return given;
  }
  const { process } = globalThis as Runtime;
  return typeof process?.getBuiltinModule === 'function' ? (process.getBuiltinModule('dns')?.lookup ?? null) : null;
}

/** Where names have to be looked up and there is nothing to do it with. */
export const noLookup = (): Error => invalidArgType('options.lookup', 'of type function', undefined);
