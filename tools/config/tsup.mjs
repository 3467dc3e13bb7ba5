import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { buildCommonJS } from './commonjs.mjs';

/**
 * The build of every package: each entry of its manifest as an ES module for browsers, bundlers and other runtimes, and as CommonJS for Node
 * (decision 15). TypeScript makes the declarations beside them.
 * @param {{ deferred?: Record<string, readonly string[]> }} [what] groups of modules or other packages, by names: on Node each loads when it is used first
 */
export function library({ deferred = {} } = {}) {
  const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  const sources = Object.values(exports).flatMap(({ source }) => source ?? []);
  const entry = Object.fromEntries(sources.map((source) => [source.replace(/^\.\/src\/|\.ts$/g, ''), source]));
  // An entry may have another file for bundlers and browsers.
  const others = Object.values(exports).flatMap((files) => files.import ?? []).map((file) => file.replace(/^\.\/dist\/|\.js$/g, ''));
  // Programs: modules alone, since nobody requires them.
  const programs = Object.values(bin).map((file) => file.replace(/^\.\/dist\/|\.js$/g, ''));
  return defineConfig({
    entry: { ...entry, ...Object.fromEntries([...others, ...programs].map((name) => [name, `./src/${name}.ts`])) },
    format: ['esm'],
    clean: ['!**/*.d.ts', '!**/*.d.cts', '!**/*.d.ts.map', '!**/*.d.cts.map', '!**/*.tsbuildinfo'],
    splitting: true,
    treeshake: true,
    target: 'es2022',
    platform: 'neutral',
    sourcemap: true,
    // The sources are in the tarball, once for all that is made of them.
    esbuildOptions: (options) => { options.sourcesContent = false; },
    external: [/^node:/],
    removeNodeProtocol: false,
    onSuccess: () => buildCommonJS({ entries: entry, deferred }),
  });
}
