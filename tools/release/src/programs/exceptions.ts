import { examples } from './examples.js';
import list from './exceptions.json' with { type: 'json' };

/** An example that does not run somewhere, and why. Where it does after all, the rehearsal fails. */
export interface Exception {
  readonly file: string;
  readonly contains: string;
  /** Names of runtimes and bundlers. */
  readonly where: readonly string[];
  readonly reason: string;
}

const exceptions: readonly Exception[] = list;

/** Why an example does not run somewhere; undefined when it does. */
export function exceptionOf({ file, code }: { file: string; code: string }, where: string): Exception | undefined {
  return exceptions.find((one) => one.file === file && code.includes(one.contains) && one.where.includes(where));
}

/** Exceptions for examples that are there no longer. */
export const stale: readonly Exception[] = exceptions.filter(({ file, contains }) => !examples.some((one) => one.file === file && one.code.includes(contains)));
