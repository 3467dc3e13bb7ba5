import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text, type Files } from './skeleton.js';

/** The files that name every package, from the root. Examples of documents, and of comments, find packages by the last. */
export const LISTS = ['tsconfig.json', 'turbo.json', 'examples/readme/package.json'] as const;

interface Config {
  readonly references: readonly { readonly path: string }[];
}

/** The configuration of a package, after that of the package before it. */
function referenced(config: Config, folder: string): Config {
  const path = `packages/${folder}`;
  const at = config.references.findIndex((other) => !other.path.startsWith('packages/') || other.path > path);
  return { ...config, references: [...config.references.slice(0, at), { path }, ...config.references.slice(at)] };
}

/** All lines that name a build of ours. The last has no comma. */
const BUILDS = /(?:^ *"@netstrata\/[\w-]+#build",?\n)+/m;

function built(config: string, folder: string): string {
  return config.replace(BUILDS, (lines) => {
    const [indent] = /^ */.exec(lines)!;
    const names = [...lines.matchAll(/"(.+)"/g)].map(([, name]) => name);
    return `${[...names, `@netstrata/${folder}#build`].sort().map((name) => `${indent}"${name}"`).join(',\n')}\n`;
  });
}

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

function found({ devDependencies, ...rest }: Manifest, folder: string): Manifest {
  const entries = Object.entries({ ...devDependencies, [`@netstrata/${folder}`]: 'workspace:*' });
  return { ...rest, devDependencies: Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))) };
}

/** The lists with one more package. */
export function listsWith(root: string, folder: string): Files {
  const [tsconfig, turbo, examples] = LISTS.map((path) => readFileSync(join(root, path), 'utf8')) as [string, string, string];
  return {
    'tsconfig.json': text(referenced(JSON.parse(tsconfig) as Config, folder)),
    'turbo.json': built(turbo, folder),
    'examples/readme/package.json': text(found(JSON.parse(examples) as Manifest, folder)),
  };
}
