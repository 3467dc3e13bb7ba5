import { environment } from '@netstrata/stream-core';

interface Runtime {
  emitWarning?(message: string, options: { readonly code: string }): void;
}

const runtime = (globalThis as { process?: Runtime }).process;

/** The seed for who gives none: NETSTRATA_SEED, a number where it is one. */
export function environmentSeed(): number | string | undefined {
  const text = environment('NETSTRATA_SEED');
  if (typeof text !== 'string' || text === '') return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** A warning of the process, where the runtime has such. */
export function warn(code: string, message: string): void {
  runtime?.emitWarning?.(message, { code });
}
