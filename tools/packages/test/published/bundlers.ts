import { execFile } from 'node:child_process';
import { builtinModules } from 'node:module';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { binary, placeOf } from '../../../runtimes/binaries.mjs';
import { node, program } from './run.js';

/** What to bundle: everything except builtins, of a program in the folder where the packages are installed. */
export interface Job {
  readonly folder: string;
  readonly source: string;
  readonly format: 'esm' | 'cjs';
  readonly target: 'node' | 'browser';
  readonly outfile: string;
}

export type Bundler = (job: Job) => Promise<unknown>;

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Each with the options that its documentation gives for such a program, and no others. */
export const bundlers: Readonly<Record<string, Bundler>> = {
  async esbuild({ source, format, target, outfile }) {
    const { build } = await import('esbuild');
    await build({ entryPoints: [source], bundle: true, format, platform: target, outfile, logLevel: 'silent' });
  },
  async rollup({ source, format, target, outfile }) {
    const [{ rollup }, { default: commonjs }, { default: resolve }] = await Promise.all([import('rollup'), import('@rollup/plugin-commonjs'), import('@rollup/plugin-node-resolve')]);
    const onNode = target === 'node';
    const bundle = await rollup({
      input: source, external: onNode ? builtins : [],
      plugins: [resolve({ browser: !onNode, preferBuiltins: onNode, exportConditions: onNode ? ['node'] : [] }), commonjs()],
      onwarn: (warning) => { throw new Error(warning.message); },
    });
    await bundle.write({ file: outfile, format });
  },
  async vite({ folder, source, format, target, outfile }) {
    const { build } = await import('vite');
    const output = { format, entryFileNames: basename(outfile), codeSplitting: false } as const;
    const options = { outDir: dirname(outfile), emptyOutDir: false, minify: false } as const;
    const common = { root: folder, configFile: false, logLevel: 'silent' } as const;
    if (target === 'node') await build({ ...common, ssr: { noExternal: true }, build: { ...options, ssr: source, rollupOptions: { output } } });
    else await build({ ...common, build: { ...options, lib: { entry: source, formats: [format === 'esm' ? 'es' : 'cjs'] }, rollupOptions: { output } } });
  },
  async webpack({ folder, source, format, target, outfile }) {
    const { default: webpack } = await import('webpack');
    const isEsm = format === 'esm';
    const stats = await new Promise<import('webpack').Stats | undefined>((resolve, reject) => {
      webpack({
        context: folder, entry: source, mode: 'production', target: target === 'node' ? 'node20' : 'web', devtool: false,
        experiments: { outputModule: isEsm },
        output: { path: dirname(outfile), filename: basename(outfile), library: { type: isEsm ? 'module' : 'commonjs2' }, module: isEsm, chunkFormat: isEsm ? 'module' : 'commonjs' },
      }, (error, result) => { if (error) reject(error); else resolve(result); });
    });
    if (!stats || stats.hasErrors() || stats.hasWarnings()) throw new Error(stats?.toString());
  },
  async bun({ source, format, target, outfile, folder }) {
    await promisify(execFile)(placeOf('bun'), ['build', source, `--target=${target}`, `--format=${format}`, `--outfile=${outfile}`], { cwd: folder });
  },
};

/** Why a bundler cannot be tried here. */
export const missing = (name: string): string | undefined => (name === 'bun' && binary('bun') === null ? 'its binary is not installed: `pnpm install` in tools/runtimes/binaries' : undefined);

/** The output of a bundle: on Node, or where there are no builtins. */
export const run = ({ target, outfile }: Job): Promise<string> =>
  node(dirname(outfile), target === 'node' ? [outfile] : ['--experimental-vm-modules', '--no-warnings', program('bare.cjs'), outfile]);
