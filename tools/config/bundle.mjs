import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { build } from 'esbuild';

/**
 * Bundles a program with the sources of the packages, for any Node, and removes the bundle when `use` is done with it. No build is needed, and none
 * can be stale.
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
      outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline', conditions: ['source'],
      // `sideEffects` names published files.
      ignoreAnnotations: true,
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    return await use(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs such a program with the arguments of this process, on the Node that `--runtime` among them names.
 * @param {URL} program
 * @param {{ flags?: string[], env?: Record<string, string> }} [how]
 * @returns {Promise<number>} the exit code
 */
export function runBundled(program, { flags = [], env = {} } = {}) {
  const command = new Command().option('--runtime <path>', '', process.execPath).helpOption(false).allowUnknownOption().allowExcessArguments().parse();
  const { runtime } = command.opts();
  return withBundle(program, (file) => spawnSync(runtime, ['--enable-source-maps', ...flags, file, ...command.args], { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1);
}
