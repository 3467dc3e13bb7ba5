import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';

const harness = fileURLToPath(new URL('support/harness.ts', import.meta.url));

/** The scenarios as they run where vitest does not: each file over Node's own runner. `pnpm exec tsup`, here. */
export default defineConfig({
  entry: ['*.test.ts'],
  outDir: 'dist',
  format: 'esm',
  target: 'node20',
  platform: 'node',
  clean: true,
  splitting: true,
  external: [/^@netstrata\/net-compat/],
  outExtension: () => ({ js: '.mjs' }),
  removeNodeProtocol: false,
  esbuildOptions(options) {
    options.alias = { vitest: harness };
  },
});
