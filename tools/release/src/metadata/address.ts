import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

/** What a registry's page shows of where a package comes from. */
export interface Address {
  readonly homepage?: string;
  readonly repository?: { readonly type: 'git'; readonly url: string };
  readonly bugs?: { readonly url: string };
}

export const FIELDS = ['homepage', 'repository', 'bugs'] as const;

export type Manifest = Readonly<Record<string, unknown>> & Address;

export const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** The address that the root's manifest gives: the one place where it is written by hand. */
export function given(manifest: Manifest): Address {
  return Object.fromEntries(FIELDS.flatMap((field) => (field in manifest ? [[field, manifest[field]]] : [])));
}

/** The fields of the package in a folder: the page of that folder is its homepage, and `directory` is where registries look for what its README links to. */
export function addressOf(folder: string, { homepage, repository, bugs }: Address): Record<string, unknown> {
  return {
    ...(homepage !== undefined && { homepage }),
    ...(repository !== undefined && { repository: { ...repository, directory: folder } }),
    ...(bugs !== undefined && { bugs }),
  };
}

/** A manifest with these fields, where the template has them: before `license`. */
export function withAddress(manifest: Manifest, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rest = Object.entries(manifest).filter(([field]) => !FIELDS.some((one) => one === field));
  return Object.fromEntries(rest.flatMap(([field, value]) => (field === 'license' ? [...Object.entries(fields), [field, value]] : [[field, value]])));
}

/** Writes the root's address into the manifests of packages. Returns those that have changed. */
export function writeAddress(folders: readonly string[]): string[] {
  const address = given(manifestOf('.'));
  return folders.filter((folder) => {
    const file = join(root, folder, 'package.json');
    const text = `${JSON.stringify(withAddress(manifestOf(folder), addressOf(folder, address)), null, 2)}\n`;
    if (text === readFileSync(file, 'utf8')) return false;
    writeFileSync(file, text);
    return true;
  });
}
