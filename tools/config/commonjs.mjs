import { basename, dirname, resolve, sep } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';
import MagicString from 'magic-string';
import { rollup } from 'rollup';

/** How variables of deferred files are called, and the files: nothing else is. */
const DEFERRED = 'deferred_';

/**
 * Builds the CommonJS of a package, which is what Node loads: a file for each entry, and one for each group of deferred modules. What is deferred loads when
 * something of it is used for the first time.
 * @param {{ entries: Record<string, string>, deferred: Record<string, readonly string[]> }} what sources of entries by their names; by names of their own,
 *   groups of modules or folders of this package (`src/...`), or another package
 */
export async function buildCommonJS({ entries, deferred }) {
  /** @type {Map<string, string>} */
  const packages = new Map();
  /** @type {Record<string, string[]>} */
  const groups = {};
  for (const [name, parts] of Object.entries(deferred)) {
    const variable = DEFERRED + name.replaceAll('-', '_');
    if (parts.every((part) => part.startsWith('src/'))) groups[variable] = parts.map((part) => resolve(part));
    else for (const part of parts) packages.set(part, variable);
  }
  const bundle = await rollup({
    input: entries,
    plugins: [typescript(packages)],
    preserveEntrySignatures: 'allow-extension',
    treeshake: { moduleSideEffects: 'no-external' },
    onwarn({ message }) {
      // A deferred module loads after what loads it: no circle.
      if (!message.startsWith('Circular chunk')) throw new Error(message);
    },
  });
  /** @type {Map<string, readonly string[]>} what programs see of each entry; the rest is for the package's own files */
  const visible = new Map();
  await bundle.write({
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: ({ name }) => `${name.replace(DEFERRED, 'deferred/').replaceAll('_', '-')}.cjs`,
    manualChunks: chunks(Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, resolve(source)])), groups),
    paths: Object.fromEntries([...packages].map(([name, variable]) => [variable, name])),
    onlyExplicitManualChunks: true,
    minifyInternalExports: false,
    generatedCode: { preset: 'es2015', symbols: false },
    hoistTransitiveImports: false,
    externalLiveBindings: false,
    esModule: false,
    exports: 'named',
    freeze: false,
    interop: 'default',
    // The sources themselves are in the tarball.
    sourcemap: true,
    sourcemapExcludeSources: true,
    plugins: [hide(visible), ...loadWhenUsed, asRequired],
  });
  await bundle.close();
  for (const [name, exports] of visible) writeFileSync(`dist/${name}.mjs`, moduleOver(name, exports));
}

/** @param {Map<string, string>} deferred packages: their names, and what their variables are called */
const typescript = (deferred) => ({
  name: 'typescript',
  /** @param {string} source @param {string | undefined} importer */
  resolveId(source, importer) {
    if (importer === undefined) return resolve(source);
    return source.startsWith('.') ? resolve(dirname(importer), source.replace(/\.js$/, '.ts')) : { id: deferred.get(source) ?? source, external: true };
  },
  /** @param {string} code @param {string} id */
  async transform(code, id) {
    const { code: script, map } = await transform(code, { loader: 'ts', target: 'es2022', sourcefile: basename(id), sourcemap: true, sourcesContent: false });
    return { code: script, map };
  },
});

/**
 * A change of the text of a file, which its source map knows.
 * @param {string} name
 * @param {(this: import('rollup').PluginContext, text: MagicString, chunk: import('rollup').RenderedChunk) => void} change
 */
const changes = (name, change) => ({
  name,
  /** @this {import('rollup').PluginContext} @param {string} code @param {import('rollup').RenderedChunk} chunk */
  renderChunk(code, chunk) {
    const text = new MagicString(code);
    change.call(this, text, chunk);
    return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) } : null;
  },
});

/**
 * Which file a module goes into: that of its group, or else of the first entry or group that reaches it. Entries come first, in the order of the manifest, but
 * each after those that it imports.
 * @param {Record<string, string>} entries
 * @param {Record<string, string[]>} groups
 */
function chunks(entries, groups) {
  /** @type {Map<string, string> | undefined} */
  let names;
  const groupOf = (/** @type {string} */ id) => Object.keys(groups).find((name) => groups[name].some((part) => id === part || id.startsWith(part + sep)));
  /** @param {string} id @param {{ getModuleIds(): Iterable<string>, getModuleInfo(id: string): { importedIds: readonly string[] } | null }} graph */
  return (id, { getModuleIds, getModuleInfo }) => {
    if (names !== undefined) return names.get(id);
    const found = (names = new Map([...getModuleIds()].map((each) => [each, groupOf(each)]).filter(([, group]) => group !== undefined)));
    // In the order of the groups: that of the ids is the order in which files happened to be read.
    const deferred = Object.keys(groups).flatMap((name) => [...found].filter(([, group]) => group === name));
    /** @param {string} from @param {Set<string>} seen */
    const reach = (from, seen) => {
      seen.add(from);
      for (const next of getModuleInfo(from)?.importedIds ?? []) if (!seen.has(next) && groupOf(next) === undefined) reach(next, seen);
      return seen;
    };
    const reached = new Map(Object.entries(entries).map(([name, root]) => [name, reach(root, new Set())]));
    const take = (/** @type {string} */ name) => {
      const ids = reached.get(name);
      if (!reached.delete(name)) return;
      for (const [other, root] of Object.entries(entries)) if (ids.has(root)) take(other);
      for (const each of ids) if (!found.has(each)) found.set(each, name);
    };
    for (const name of Object.keys(entries)) take(name);
    for (const [root, name] of deferred) for (const each of reach(root, new Set())) if (!found.has(each)) found.set(each, name);
    return found.get(id);
  };
}

/**
 * What an entry exports for other files of its package is not enumerable.
 * @param {Map<string, readonly string[]>} visible by names of entries: is filled
 */
function hide(visible) {
  return changes('hide', function (text, chunk) {
    if (!chunk.isEntry) return;
    const shown = exported(this.parse(readFileSync(`dist/${chunk.name}.js`, 'utf8')));
    visible.set(chunk.name, shown);
    text.replace(/^exports\.(\w+) = (.*);$/gm, (whole, name, value) => (shown.includes(name) ? whole : `Object.defineProperty(exports, '${name}', { value: ${value} });`));
  });
}

/** @param {import('rollup').AstNode & { body?: any[] }} module as esbuild writes it: with all exports in lists */
function exported({ body = [] }) {
  return body.flatMap(({ type, specifiers }) => (type === 'ExportNamedDeclaration' ? specifiers.map(({ exported: { name, value } }) => String(name ?? value)) : []));
}

/** One after the other: each takes what the one before has left. */
const loadWhenUsed = [
  [new RegExp(`^const (${DEFERRED}\\w+) = (require\\(.*\\));$`, 'gm'), 'let of_$1;\nconst $1 = () => (of_$1 ??= $2);'],
  [new RegExp(`^exports\\.(\\w+) = (${DEFERRED}\\w+)\\.(\\w+);$`, 'gm'), "Object.defineProperty(exports, '$1', { enumerable: true, get: () => $2.$3 });"],
  [new RegExp(`\\bnew (${DEFERRED}\\w+)\\.(\\w+)`, 'g'), 'new ($1().$2)'],
  [new RegExp(`\\b(${DEFERRED}\\w+)\\.(?=[\\w$])`, 'g'), '$1().'],
].map(([found, instead]) => changes('load when used', (text) => text.replace(found, instead)));

/** When Node supports `require` of an ES module, it returns the export 'module.exports': CommonJS does the same. */
const asRequired = changes('as required', (text) => {
  if (text.original.includes('exports["module.exports"] =')) text.append('module.exports = exports["module.exports"];\n');
});

/**
 * An ES module with the exports of an entry, over its CommonJS: whichever way a program on Node loads a package, there is one. A static import of
 * CommonJS would parse all of it once more, for the names of its exports.
 * @param {string} name
 * @param {readonly string[]} exports
 */
function moduleOver(name, exports) {
  const names = exports.filter((each) => each !== 'default' && each !== 'module.exports');
  return [
    `const main = process.getBuiltinModule('module').createRequire(import.meta.url)('./${basename(name)}.cjs');`,
    ...(names.length > 0 ? [`export const { ${names.join(', ')} } = main;`] : []),
    ...(exports.includes('default') ? ['export default main.default;'] : []),
    ...(exports.includes('module.exports') ? ["export { main as 'module.exports' };"] : []),
    '',
  ].join('\n');
}
