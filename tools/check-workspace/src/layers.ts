import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parse, references, type Reference } from './imports.js';
import { entries, sourceFiles, target, type Check, type Package, type Workspace } from './workspace.js';

/** The shape of layers.json. */
export interface Layers {
  /** From the bottom up. A name may end in `*`. `outside` is what may be imported that is not ours; `*` is anything. */
  readonly layers: readonly { name: string; packages: readonly string[]; outside: readonly string[] }[];
  /** What single packages may import from outside as well. */
  readonly outside: Readonly<Record<string, readonly string[]>>;
  /** What must not be reached from an entry, directly or through others. */
  readonly entries: Readonly<Record<string, { never: readonly string[]; outside: readonly string[] }>>;
}

export function readLayers(file: string | URL): Layers {
  return JSON.parse(readFileSync(file, 'utf8')) as Layers;
}

const matches = (pattern: string, folder: string) => (pattern.endsWith('*') ? folder.startsWith(pattern.slice(0, -1)) : pattern === folder);

function layerOf({ layers }: Layers, folder: string): number {
  // The exact name wins over a pattern.
  const exact = layers.findIndex(({ packages }) => packages.includes(folder));
  return exact >= 0 ? exact : layers.findIndex(({ packages }) => packages.some((pattern) => matches(pattern, folder)));
}

/** Why one import must not stand there; null when it may. */
function problem(workspace: Workspace, layers: Layers, from: Package, { specifier, kind }: Reference): string | null {
  const level = layerOf(layers, from.folder);
  const layer = layers.layers[level];
  const outside = [...layer.outside, ...(layers.outside[from.folder] ?? [])];
  if (specifier === null) {
    return outside.includes('*') ? null : `${kind === 'lookup' ? 'looks up' : 'imports'} a module whose name is computed: it cannot be checked`;
  }
  if (specifier.startsWith('.')) return null;
  const to = target(workspace, specifier);
  if (!to) return outside.includes('*') || outside.includes(specifier) ? null : `names ${specifier}: ${from.folder} may use ${outside.join(', ') || 'nothing'} from outside`;
  if (to.package === from) return `imports its own package by name (${specifier})`;
  const other = layerOf(layers, to.package.folder);
  if (other >= level) return `imports ${specifier}: ${layers.layers[other].name} is not below ${layer.name}`;
  return entries(to.package).includes(to.entry) ? null : `imports ${specifier}, which is no public entry`;
}

/** Imports point down the layers, through public entries; at the bottom nothing comes from outside. */
export function layerChecks(workspace: Workspace, layers: Layers): Check[] {
  return workspace.packages.map((from) => ({
    name: `layers: ${from.folder}`,
    run() {
      if (layerOf(layers, from.folder) < 0) return [`${from.folder} stands in no layer of layers.json`];
      const files = sourceFiles(from);
      if (files.length === 0) return [`packages/${from.folder}/src has no files`];
      return files.flatMap((file) =>
        references(parse(file)).flatMap((reference) => {
          const why = problem(workspace, layers, from, reference);
          return why === null ? [] : [`${relative(workspace.root, file)}:${reference.line} ${why}`];
        }),
      );
    },
  }));
}
