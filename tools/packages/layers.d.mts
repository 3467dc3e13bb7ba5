export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly engines: unknown;
  /** Programs: the file of each in dist. */
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
export const manifests: Readonly<Record<string, Manifest>>;
export const folders: readonly string[];
/** `@netstrata/net-compat/core` -> its source, from the root. */
export const sources: Readonly<Record<string, string>>;
/** Folder -> its rooms, the folders of its sources: what may live there, and which other rooms its files may import. */
export const rooms: Readonly<Record<string, Readonly<Record<string, { readonly for: string; readonly imports: readonly string[] }>>>>;
export function level(folder: string): number;
export function layerName(folder: string): string;
