#!/usr/bin/env node
// `npm run fuzz -- --seconds 600 --seed 1 --runtime <a Node>`: bundles the fuzzer with the sources of the packages, and runs it on any Node.
import { spawnSync } from 'node:child_process';
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

const args = process.argv.slice(2);
const at = args.indexOf('--runtime');
const [, runtime] = at === -1 ? [] : args.splice(at, 2);
const folder = mkdtempSync(join(tmpdir(), 'netstrata-fuzz-'));
const outfile = join(folder, 'fuzz.mjs');
try {
  await build({
    entryPoints: [fileURLToPath(new URL('src/cli.ts', import.meta.url))],
    outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline', plugins: [sources],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  process.exitCode = spawnSync(runtime ?? process.execPath, ['--enable-source-maps', outfile, ...args], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
