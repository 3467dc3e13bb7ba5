import { appendFileSync, readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** When Node supports `require` of an ES module, it returns the export 'module.exports': the CommonJS build does the same. */
const asRequired = {
  name: 'as required',
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles) {
      if (name.endsWith('.cjs') && readFileSync(name, 'utf8').includes('exports["module.exports"] =')) appendFileSync(name, 'module.exports = exports["module.exports"];\n');
    }
  },
};

/**
 * The build of every package: each entry of its manifest as an ES module and as CommonJS. TypeScript makes the declarations beside them.
 * @param {import('tsup').Options} [more]
 */
export function library(more = {}) {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const sources = Object.values(exports).flatMap(({ source }) => source ?? []);
  return defineConfig({
    entry: Object.fromEntries(sources.map((source) => [source.replace(/^\.\/src\/|\.ts$/g, ''), source])),
    format: ['esm', 'cjs'],
    clean: ['!**/*.d.ts', '!**/*.d.cts', '!**/*.tsbuildinfo'],
    splitting: true,
    treeshake: true,
    target: 'es2022',
    platform: 'neutral',
    sourcemap: false,
    removeNodeProtocol: false,
    plugins: [asRequired],
    ...more,
  });
}
