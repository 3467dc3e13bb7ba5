import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Everything in the workspace is its sources: no build is waited for, and none can be stale. */
const conditions = ['source', 'module', 'node', 'development|production'];

/** As `globalSetup` of suites that start programs of their own: the package is built, with what it stands on. */
export const built = fileURLToPath(new URL('built.mjs', import.meta.url));

/**
 * The test preset of every package. The files of a suite share their process: what takes long is to start one, and to load.
 * @param {import('vitest/node').InlineConfig} [test]
 */
export function suite(test = {}) {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    // No test is limited but for what hangs: how slow a machine may be is nobody's to say.
    test: { include: ['test/**/*.test.ts'], pool: 'forks', isolate: false, maxWorkers: 2, testTimeout: 300_000, hookTimeout: 300_000, ...test },
  });
}
