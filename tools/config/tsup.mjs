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
