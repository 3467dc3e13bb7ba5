import { spawn } from 'node:child_process';
import type { Block } from './blocks.js';

const LIMIT_MS = 120_000;

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a block as a program of its own. `code` is null when it did not end in time. */
export function run({ code, folder }: Block): Promise<Outcome> {
  const type = /^import /m.test(code) ? 'module' : 'commonjs';
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`--input-type=${type}`, '--eval', code], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (exit) => resolve({ code: exit, output }));
  });
}
