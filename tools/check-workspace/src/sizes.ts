import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { entries, specifier, type Check, type Workspace } from './workspace.js';
import { outputFile } from './outputs.js';

/** The shape of size-budgets.json: bytes after minifying and gzip. */
export interface Budgets {
  /** Entry -> its own code, everything it imports left out. */
  readonly entries: Record<string, number>;
  /** Code as a consumer writes it, bundled with all it needs. */
  readonly bundles: Record<string, { code: string; max: number }>;
}

export function readBudgets(file: string | URL): Budgets {
  return JSON.parse(readFileSync(file, 'utf8')) as Budgets;
}

async function gzipSize(options: Parameters<typeof build>[0]): Promise<number> {
  const { outputFiles } = await build({ bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, logLevel: 'silent', ...options });
  return gzipSync(outputFiles![0].contents, { level: 9 }).length;
}

/** The size of what an entry adds by itself. */
async function ownSize(file: string): Promise<number> {
  return gzipSize({ entryPoints: [file], packages: 'external', platform: 'neutral' });
}

/** The size of a bundle for the browser, where nothing is built in. */
async function bundleSize(code: string, { root, packages }: Workspace): Promise<number> {
  const files = new Map(packages.flatMap((one) => entries(one).map((entry) => [specifier(one, entry), outputFile(one, entry)] as const)));
  const ours: Plugin = {
    name: 'workspace entries',
    setup(build) {
      // Nothing at the root depends on the packages, so what is imported there is found here.
      build.onResolve({ filter: /^[^./]/ }, ({ path }) => (files.has(path) ? { path: files.get(path)!, sideEffects: false } : null));
    },
  };
  return gzipSize({ stdin: { contents: code, resolveDir: root }, platform: 'browser', plugins: [ours] });
}

interface Measured {
  readonly name: string;
  readonly max: number | undefined;
  readonly size: () => Promise<number>;
}

function measures(workspace: Workspace, budgets: Budgets): Measured[] {
  const own = workspace.packages.flatMap((one) =>
    entries(one).map((entry) => ({ name: specifier(one, entry), max: budgets.entries[specifier(one, entry)], size: () => ownSize(outputFile(one, entry)) })),
  );
  const bundles = Object.entries(budgets.bundles).map(([name, { code, max }]) => ({ name, max, size: () => bundleSize(code, workspace) }));
  return [...own, ...bundles];
}

/** Every entry stays within its budget, and every budget is of an entry that exists. */
export function sizeChecks(workspace: Workspace, budgets: Budgets): Check[] {
  const all = measures(workspace, budgets);
  const stale = Object.keys(budgets.entries).filter((name) => !all.some((one) => one.name === name));
  return [
    { name: 'size budgets: all are of entries that exist', run: () => stale.map((name) => `${name} is no entry of any package`) },
    ...all.map(({ name, max, size }) => ({
      name: `size: ${name}`,
      async run() {
        const bytes = await size();
        if (max === undefined) return [`${bytes} bytes, and size-budgets.json has no budget for it (check-workspace sizes --update)`];
        return bytes <= max ? [] : [`${bytes} bytes after gzip, the budget is ${max}`];
      },
    })),
  ];
}

/** How far above what was measured a new budget is set. */
const ROOM = 1.1;
const STEP = 10;

/** Whether an entry or a bundle is of one of the named packages; all are where none is named. */
const isOf = (names: readonly string[], { name }: Measured) => names.length === 0 || names.some((one) => name === one || name.startsWith(`${one}/`));

/** Sets the budget of every entry a little above its size, or of those of the named packages. The bundles keep theirs: those are promises. */
export async function updateBudgets(workspace: Workspace, file: string, names: readonly string[] = []): Promise<void> {
  const budgets = existsSync(file) ? readBudgets(file) : { entries: {}, bundles: {} };
  const own = measures(workspace, { ...budgets, bundles: {} });
  const maxima = await Promise.all(
    own.map(async (one) => [one.name, isOf(names, one) ? Math.ceil(((await one.size()) * ROOM) / STEP) * STEP : one.max] as const),
  );
  writeFileSync(file, `${JSON.stringify({ ...budgets, entries: Object.fromEntries(maxima) }, null, 2)}\n`);
}

/** Name, size and budget of everything that has one, or of the entries of the named packages. */
export async function sizeTable(workspace: Workspace, budgets: Budgets, names: readonly string[] = []): Promise<[string, number, number | undefined][]> {
  const some = measures(workspace, budgets).filter((one) => isOf(names, one));
  return Promise.all(some.map(async ({ name, max, size }) => [name, await size(), max] as [string, number, number | undefined]));
}
