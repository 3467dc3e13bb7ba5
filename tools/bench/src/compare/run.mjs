import { spawn } from 'node:child_process';
import { cleanups } from '../cleanup.mjs';

/** Runs a command to its end; what it said is told only when it fails. @param {string[]} command @param {string} cwd @returns {Promise<void>} */
export function run([file, ...args], cwd) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that all of it can be ended.
    const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => {
      try {
        process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    cleanups.add(end);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output = (output + text).slice(-4000); });
    child.on('error', reject);
    child.on('close', (code) => {
      cleanups.delete(end);
      if (code === 0) resolve();
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}\n${output.trim()}`));
    });
  });
}
