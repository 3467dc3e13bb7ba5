/** Owns the runtime's `setImmediate`, which runs also while a test fakes time. */
export const immediate = globalThis.setImmediate;
