/** @internal The engine of a Duplex. */
export const engine = Symbol('netstrata.engine');
/** @internal The methods that the library itself gives a class; a method of the same name that differs is the user's own. */
export const defaultMethods = Symbol('netstrata.defaultMethods');
/** @internal A method that a subclass may replace: everything is released, 'close' is due. */
export const emitClosed = Symbol('netstrata.emitClosed');
/** @internal A method that a subclass may replace: a write, or the end of writing, waits for a channel. */
export const awaitChannel = Symbol('netstrata.awaitChannel');
