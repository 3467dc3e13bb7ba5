import { execa } from 'execa';
import { LISTS } from './lists.js';

/** Steps for a package once its files exist. Each rejects when it fails. */
export interface Workshop {
  install(): Promise<void>;
  build(name: string): Promise<void>;
  /** Gives its entries a size budget. */
  budget(name: string): Promise<void>;
}

/** The files that are changed, from the root. */
export const CHANGED = ['pnpm-lock.yaml', 'tools/packages/size-budgets.json', ...LISTS];

/** Runs the programs of the workspace and shows their output. @param interrupted ends what is running */
export function workshop(root: string, interrupted?: AbortSignal): Workshop {
  // Everything that it installs is in the root.
  const run = async (file: string, ...args: readonly string[]) => {
    await execa(file, args, { cwd: root, preferLocal: true, localDir: root, stdio: ['ignore', 'inherit', 'inherit'], cancelSignal: interrupted });
  };
  return {
    // In CI pnpm would keep the lockfile as it is.
    install: () => run('pnpm', 'install', '--no-frozen-lockfile', '--prefer-offline'),
    build: (name) => run('turbo', 'run', 'build', `--filter=${name}`, '--output-logs=errors-only'),
    budget: (name) => run('node', 'tools/packages/sizes.mjs', name),
  };
}
