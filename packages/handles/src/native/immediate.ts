/** The runtime's `setImmediate`, also while a test fakes time. */
export const immediate = globalThis.setImmediate;
