/** A path that nobody listens on: a file in a folder that goes with this process, or a pipe name on Windows. */
export function freshPath(): string;
