import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Everything in the workspace resolves to sources: no build is needed, and none can be stale. Node gets these conditions, too: with `module` it would load
 * what is for bundlers alone.
 */
const conditions = ['source', 'node', 'development|production'];

/** As `globalSetup` of suites that start other programs: builds the package and its dependencies. */
export const built = fileURLToPath(new URL('built.mjs', import.meta.url));

/** Where some tests cannot run: on Bun and Deno. */
const setup = process.env.NETSTRATA_SKIP ? { setupFiles: fileURLToPath(new URL('skip-known.mjs', import.meta.url)) } : {};

/**
 * The test preset of every package. The files of a suite share their process, because starting and loading one takes long.
 * @param {import('vitest/node').InlineConfig} [test]
 */
export function suite(test = {}) {
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    // Only tests that hang are limited, since a machine may be slow.
    test: { include: ['test/**/*.test.ts'], pool: 'forks', isolate: false, maxWorkers: 2, testTimeout: 300_000, hookTimeout: 300_000, ...setup, ...test },
  });
}
