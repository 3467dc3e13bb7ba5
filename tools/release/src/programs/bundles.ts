import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { awaitsAtTop } from './forms.js';

/** Programs in the folder where the packages are installed, and where their bundles go. */
export interface Work {
  readonly folder: string;
  /** Files of ES modules, in that folder. */
  readonly files: readonly string[];
  readonly target: string;
}

const entries = ({ folder, files }: Work) => Object.fromEntries(files.map((file) => [basename(file, '.mjs'), join(folder, file)]));

/** Each bundles everything but builtins, for Node: `name.mjs`, or `name.cjs` where it makes CommonJS. */
export const bundlers: Readonly<Record<string, (work: Work) => Promise<void>>> = {
  async esbuild(work) {
    const { build } = await import('esbuild');
    const common = { outdir: work.target, bundle: true, platform: 'node', logLevel: 'silent' } as const;
    // CommonJS is what it makes for Node when it is not told otherwise, but `await` at the top is for ES modules alone.
    const [esm, cjs] = [true, false].map((awaits) => ({ ...work, files: work.files.filter((file) => awaitsAtTop(readFileSync(join(work.folder, file), 'utf8')) === awaits) }));
    await build({ ...common, entryPoints: entries(esm), format: 'esm', outExtension: { '.js': '.mjs' } });
    await build({ ...common, entryPoints: entries(cjs), format: 'cjs', outExtension: { '.js': '.cjs' } });
  },
  async vite(work) {
    const { build } = await import('vite');
    const rollupOptions = { input: entries(work), output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[hash].mjs' } };
    await build({ root: work.folder, configFile: false, logLevel: 'silent', ssr: { noExternal: true }, build: { ssr: true, outDir: work.target, emptyOutDir: true, minify: false, rollupOptions } });
  },
  async webpack(work) {
    const { default: webpack } = await import('webpack');
    const stats = await new Promise<import('webpack').Stats | undefined>((resolve, reject) => {
      webpack({
        context: work.folder, entry: entries(work), mode: 'none', target: 'node20', devtool: false,
        experiments: { outputModule: true },
        output: { path: work.target, filename: '[name].mjs', module: true, chunkFormat: 'module', library: { type: 'module' } },
      }, (error, result) => { if (error) reject(error); else resolve(result); });
    });
    if (!stats || stats.hasErrors()) throw new Error(stats?.toString('errors-only'));
  },
};
