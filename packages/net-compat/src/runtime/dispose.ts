/// <reference lib="esnext.disposable" preserve="true" />
/** Browsers may have none yet. */
const { dispose: known } = Symbol as { dispose?: typeof Symbol.dispose };
export const dispose: typeof Symbol.dispose = known ?? (Symbol('Symbol.dispose') as typeof Symbol.dispose);
