import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What has to be done for a package once its files are there. Each rejects when it fails. */
export interface Workshop {
  install(): Promise<void>;
  build(name: string): Promise<void>;
  /** Gives its entries a size budget. */
  budget(name: string): Promise<void>;
}

/** The files that the workshop changes, from the root. */
export const CHANGED = ['pnpm-lock.yaml', 'tools/check-workspace/size-budgets.json'];

/** With the programs of the workspace, their output on ours. @param interrupted ends what is running */
export function workshop(root: string, interrupted?: AbortSignal): Workshop {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  const run = (...command: readonly [string, ...string[]]) => runIn(root, command, interrupted);
  const pnpm = (...args: readonly string[]) => run('npx', '--yes', packageManager, ...args);
  return {
    // In CI pnpm would keep the lockfile as it is.
    install: () => pnpm('install', '--no-frozen-lockfile', '--prefer-offline'),
    build: (name) => pnpm('exec', 'turbo', 'run', 'build', `--filter=${name}`, '--output-logs=errors-only'),
    budget: (name) => run(process.execPath, 'tools/check-workspace/dist/cli.js', 'sizes', '--update', name),
  };
}

function runIn(cwd: string, [file, ...args]: readonly [string, ...string[]], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && file !== process.execPath; // npx is a .cmd file there
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], shell, signal });
    let reason = '';
    child.on('error', ({ message }) => {
      reason = `: ${message}`;
    });
    // Only now is it sure to change no file any more.
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[file, ...args].join(' ')} failed${reason}`));
    });
  });
}
