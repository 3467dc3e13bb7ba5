import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { root, source } from '../paths.mjs';

/** @typedef {{ name: 'C' | 'JavaScript', command: string[], note: string | null }} Generator */

/** @param {string} reason @returns {Generator} */
export function javascriptGenerator(reason) {
  const note = `The load comes from a client in JavaScript (${reason}): servers are not saturated, so the figures are less sharp.`;
  return { name: 'JavaScript', command: [process.execPath, source('client.mjs')], note };
}

/** The load generator, compiled on first use. @param {string} [compiler] @returns {Generator} */
export function generator(compiler = process.env.CC ?? 'cc') {
  if (process.platform !== 'linux') return javascriptGenerator('the one in C is for Linux');
  const file = source('load.c');
  const hash = createHash('sha256').update(readFileSync(file)).update(`${process.arch} ${compiler}`).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules/.cache/netstrata-bench');
  const binary = join(folder, `load-${hash}`);
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${binary}.${process.pid}`;
    const { error, status, stderr } = spawnSync(compiler, ['-O2', '-o', draft, file], { encoding: 'utf8' });
    if (error) return javascriptGenerator('there is no C compiler');
    if (status !== 0) return javascriptGenerator(`load.c does not compile: ${stderr.trim().split('\n')[0]}`);
    renameSync(draft, binary);
  }
  return { name: 'C', command: [binary], note: null };
}
