/** Browsers may have none yet. */
export const dispose: typeof Symbol.dispose = (Symbol as { dispose?: typeof Symbol.dispose }).dispose ?? (Symbol('Symbol.dispose') as typeof Symbol.dispose);
