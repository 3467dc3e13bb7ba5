/**
 * The two functions the suite needs of a test runner. vitest, node:test, bun:test, Deno's `@std/testing/bdd`, mocha and
 * jest all have them; pass what the runner exports.
 */
export interface Runner {
  /** Groups tests under a name. */
  describe(name: string, body: () => void): unknown;
  /** A test: it has failed when the promise is rejected. */
  it(name: string, body: () => Promise<void>): unknown;
}
