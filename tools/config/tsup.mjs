import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
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
 * Makes plain properties of what `dist/NAME.cjs` exports, to be read, replaced and configured as those of a builtin module. A default export
 * becomes the module itself, with the named ones on it.
 * @param {...string} names
 */
export function plainExports(...names) {
  for (const name of names) {
    appendFileSync(`dist/${name}.cjs`, `
{
  const { default: main = {}, ...named } = module.exports;
  module.exports = Object.assign(main, named);
  if ('default' in exports) Object.defineProperty(main, 'default', { value: main, writable: true, configurable: true });
  Object.defineProperty(main, '__esModule', { value: true });
}
`);
  }
}

/**
 * Writes `dist/NAME.node.mjs` for each entry: an ES module over the CommonJS build, so that a process has one copy of every
 * class, however it was loaded.
 * @param {...string} names
 */
export function wrapForNode(...names) {
  for (const name of names) {
    const { exported, hasDefault } = exportsOf(resolve(`dist/${name}.cjs`));
    const lines = [
      `import library from './${name}.cjs';`,
      `export const { ${exported.join(', ')} } = library;`,
      ...(hasDefault ? ['export default library.default;'] : []),
    ];
    writeFileSync(`dist/${name}.node.mjs`, `${lines.join('\n')}\n`);
  }
}

/** What a file exports, asked in a process of its own: loading it may do things. */
function exportsOf(file) {
  const code = `const library = require(${JSON.stringify(file)});
    const exported = Object.keys(library).filter((key) => key !== 'default' && key !== '__esModule');
    process.stdout.write(JSON.stringify({ exported, hasDefault: 'default' in library }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}
