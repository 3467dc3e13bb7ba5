/**
 * What a sink throws is a fault of its user's. It is thrown all the same, but alone: the frames of other streams are around the call, and
 * are not to be lost with it.
 */
export function throwAlone(error: unknown): void {
  queueMicrotask(() => { throw error; });
}
