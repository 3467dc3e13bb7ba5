/** Browsers may have none of them yet. */
interface Known {
  readonly dispose?: typeof Symbol.dispose;
  readonly asyncDispose?: typeof Symbol.asyncDispose;
}

const { dispose: known, asyncDispose: knownAsync } = Symbol as Known;
export const dispose: typeof Symbol.dispose = known ?? (Symbol('Symbol.dispose') as typeof Symbol.dispose);
export const asyncDispose: typeof Symbol.asyncDispose = knownAsync ?? (Symbol('Symbol.asyncDispose') as typeof Symbol.asyncDispose);
