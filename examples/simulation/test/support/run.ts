import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../../', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A runner that is started by another one must not take itself for a part of it. */
const OF_RUNNERS = ['NODE_OPTIONS', 'NODE_TEST_CONTEXT', 'VITEST', 'JEST_WORKER_ID'];
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_RUNNERS.includes(name)));

/** Runs a program of this Node in the folder of this package. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: folder, env: { ...inherited, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: error === null ? stdout : stdout + stderr });
    });
  });
}
