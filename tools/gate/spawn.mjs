import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './members.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Time after which a step is taken for hanging. */
const LIMIT_MS = 10 * 60_000;

/**
 * Runs a command in the root of the repo with its output on ours. Nothing reads our standard input.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the exit code; 1 for a signal
 */
export function run([file, ...args], env = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32', // npx is a .cmd file there
      timeout: LIMIT_MS,
    });
    child.on('error', (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.on('close', (code, signal) => {
      if (signal) console.error(`${file} was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/** The pnpm that package.json names; npx fetches it once. Turbo finds it on the PATH that npx makes. */
export function pnpm(...args) {
  return ['npx', '--yes', packageManager, ...args];
}

export function turbo(...args) {
  return pnpm('exec', 'turbo', 'run', ...args);
}
