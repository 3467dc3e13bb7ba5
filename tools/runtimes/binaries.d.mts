export type Runtime = 'node-22' | 'node-24' | 'node-26' | 'node-windows' | 'bun' | 'deno' | 'workerd';
/** Where the lockfile of the other runtimes is, and where they are installed. */
export const folder: string;
export const RUNTIMES: readonly Runtime[];
/** The majors of Node that the packages promise to work on. */
export const MAJORS: readonly number[];
/** The reason why no runtime can be had on this machine; null when they can. */
export function unavailable(platform?: string, arch?: string): string | null;
/** Where the executable of a runtime is once it is installed. */
export function placeOf(runtime: Runtime): string;
/** The executable of a runtime; null when it is not installed. */
export function binary(runtime: Runtime): string | null;
/** Where a Node of the matrix is, installed or not, or why there can be none. */
export function nodeOf(major: number): { file: string; skip?: undefined } | { file?: undefined; skip: string };
