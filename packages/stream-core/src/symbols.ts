/** @internal The engine of a Duplex. */
export const core = Symbol('netstrata.core');
/** @internal The methods that the library itself gives a class; others of these names are the user's own. */
export const builtins = Symbol('netstrata.builtins');
/** @internal A method that a subclass may replace: everything is released, 'close' is due. */
export const emitClosed = Symbol('netstrata.emitClosed');
