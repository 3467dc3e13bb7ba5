import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';

const shared = { format: 'esm', target: 'node20', platform: 'node', clean: true } as const;
const harness = fileURLToPath(new URL('src/harness.ts', import.meta.url));

export default defineConfig([
  { ...shared, entry: { table: 'src/table/cli.ts' }, outDir: 'dist/table' },
  // The scenarios as they run where vitest does not: each file of test/ over Node's own runner.
  {
    ...shared,
    entry: ['test/*.test.ts', '!test/table.test.ts'],
    outDir: 'dist/scenarios',
    splitting: true,
    external: [/^@netstrata\/net-compat/],
    outExtension: () => ({ js: '.mjs' }),
    removeNodeProtocol: false,
    esbuildOptions(options) {
      options.alias = { vitest: harness };
    },
  },
]);
