// layers.json, in the form that the root's configurations of dependency-cruiser and eslint need.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const packages = new URL('../../packages/', import.meta.url);
const json = (url) => JSON.parse(readFileSync(url, 'utf8'));

/**
 * From the bottom up. A name may end in `*`. `outside` lists the external modules that may be imported, `*` all of them; `types` those that may be
 * imported for their types only; `lookups`
 * those that may be asked for at run time.
 */
const { layers, outside, lookups, entries, types } = json(new URL('layers.json', import.meta.url));

/** Folder under packages/ -> manifest. */
export const manifests = Object.fromEntries(
  readdirSync(packages)
    .filter((folder) => existsSync(new URL(`${folder}/package.json`, packages)))
    .map((folder) => [folder, json(new URL(`${folder}/package.json`, packages))]),
);

export const folders = Object.keys(manifests);

/** `@netstrata/net-compat/core` -> its source, from the root. */
export const sources = Object.fromEntries(
  Object.entries(manifests).flatMap(([folder, { name, exports }]) =>
    Object.entries(exports).flatMap(([entry, { source }]) => (source ? [[name + entry.slice(1), `packages/${folder}/${source.slice(2)}`]] : [])),
  ),
);

/** The layer of a package. An exact name wins over a pattern. */
export function level(folder) {
  const exact = layers.findIndex(({ packages: names }) => names.includes(folder));
  const found = exact >= 0 ? exact : layers.findIndex(({ packages: names }) => names.some((name) => name.endsWith('*') && folder.startsWith(name.slice(0, -1))));
  if (found < 0) throw new Error(`packages/${folder} stands in no layer of tools/packages/layers.json`);
  return found;
}

export const layerName = (folder) => layers[level(folder)].name;

/** What a package may ask the runtime for where it has that (`process.getBuiltinModule`), besides what it may import; null for all. */
export const mayLookUp = (folder) => mayName(folder) && [...mayName(folder), ...(lookups[folder] ?? [])];

/** The external modules that a package may import; null for all. */
export function mayName(folder) {
  const all = [...layers[level(folder)].outside, ...(outside[folder] ?? [])];
  return all.includes('*') ? null : all;
}

/** What of Node is named for its types alone, by packages that run where it is not. */
export const typesAlone = types;

/** Folder -> its rooms, the folders of its sources: what may live there, and which other rooms its files may import. */
export const rooms = json(new URL('rooms.json', import.meta.url));

/** What an entry, or the `source` of it that is not for Node, must not reach: our packages by their folders, and all external modules that are not in `outside`. */
export const promises = Object.entries(entries).map(([entry, { never, outside: allowed, source = sources[entry] }]) => {
  if (!sources[entry]) throw new Error(`${entry} of tools/packages/layers.json is no entry of any package`);
  return { entry, source, never: never.map((name) => name.split('/')[1]), outside: allowed };
});
