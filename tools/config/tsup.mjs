import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'tsup';

/**
 * The build of every package: ESM and CJS, with types for both.
 * @param {Record<string, string>} entry name of the output -> source file
 * @param {import('tsup').Options} [more]
 */
export function library(entry, more = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    clean: true,
    splitting: true,
    treeshake: true,
    target: 'es2022',
    platform: 'neutral',
    sourcemap: false,
    removeNodeProtocol: false,
    ...more,
  });
}

/**
 * Writes `dist/NAME.node.mjs` for each entry: an ES module over the CommonJS build, so that a process has one copy of every
 * class, however it was loaded.
 * @param {...string} names
 */
export function wrapForNode(...names) {
  const require = createRequire(resolve('package.json'));
  for (const name of names) {
    const exported = Object.keys(require(resolve(`dist/${name}.cjs`))).filter((key) => key !== 'default' && key !== '__esModule');
    const hasDefault = 'default' in require(resolve(`dist/${name}.cjs`));
    const lines = [
      `import library from './${name}.cjs';`,
      `export const { ${exported.join(', ')} } = library;`,
      ...(hasDefault ? ['export default library.default;'] : []),
    ];
    writeFileSync(`dist/${name}.node.mjs`, `${lines.join('\n')}\n`);
  }
}
