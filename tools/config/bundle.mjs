import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** `@netstrata/x/y` is `packages/x/src/y.ts` or `.../y/index.ts`: no build is needed, and none can be stale. */
const sources = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@netstrata\// }, ({ path }) => {
      const [, name, ...entry] = path.split('/');
      if (!existsSync(join(packages, name))) return undefined;
      const stem = join(packages, name, 'src', entry.join('/') || 'index');
      return { path: existsSync(`${stem}.ts`) ? `${stem}.ts` : join(stem, 'index.ts') };
    });
  },
};

/**
 * Bundles a program with the sources of the packages, for any Node, and removes the bundle when `use` is done with it.
 * @template T
 * @param {URL} program
 * @param {(file: string) => T | Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withBundle(program, use) {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-bundle-'));
  const outfile = join(folder, 'program.bundle.mjs');
  try {
    await build({
      entryPoints: [fileURLToPath(program)],
      outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline', plugins: [sources],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    return await use(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
