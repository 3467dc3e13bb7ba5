/** Bundles a program with the sources of the packages, for any Node, and removes the bundle when `use` is done with it. */
export function withBundle<T>(program: URL, use: (file: string) => T | Promise<T>): Promise<T>;
