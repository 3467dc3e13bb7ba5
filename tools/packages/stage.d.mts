/** The file that `pnpm pack` makes of a package. */
export function tarball(folder: string): string;
/** Installs packages, from tarballs, in a folder. */
export function install(target: string, folders: readonly string[]): Promise<void>;
/** Installs all packages in a folder, without links. */
export function stage(target: string): Promise<void>;
