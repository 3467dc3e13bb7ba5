import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What can be imported by one name. */
export interface Entry {
  /** As it is imported: `@netstrata/ip-utils/cidr`. */
  readonly name: string;
  /** Its page, from the folder of the reference: `ip-utils/cidr`, `ip-utils/index`. */
  readonly page: string;
  /** Its source, in full. */
  readonly source: string;
}

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | { readonly source?: string }>;
  readonly dependencies?: Record<string, string>;
}

/** By package, those of lower layers first: what several entries export stands with the lowest one, and the others link to it. */
export function entriesOf(folder: string): Entry[] {
  const manifests = new Map(readdirSync(folder).sort().map((directory) => {
    const manifest = JSON.parse(readFileSync(join(folder, directory, 'package.json'), 'utf8')) as Manifest;
    return [manifest.name, { directory, manifest }];
  }));
  const done = new Set<string>();
  const visit = (name: string): Entry[] => {
    const found = manifests.get(name);
    if (found === undefined || done.has(name)) return [];
    done.add(name);
    const below = Object.keys(found.manifest.dependencies ?? {}).flatMap(visit);
    return [...below, ...entriesOfPackage(join(folder, found.directory), found.directory, found.manifest)];
  };
  return [...manifests.keys()].flatMap(visit);
}

function entriesOfPackage(folder: string, directory: string, { name, exports }: Manifest): Entry[] {
  return Object.entries(exports).flatMap(([path, conditions]) => {
    if (typeof conditions === 'string' || conditions.source === undefined) return [];
    const below = path.slice(2);
    return [{
      name: below === '' ? name : `${name}/${below}`,
      page: `${directory}/${below === '' ? 'index' : below}`,
      source: resolve(folder, conditions.source),
    }];
  });
}
