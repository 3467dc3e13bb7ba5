import { defineConfig } from 'tsup';

// What is published stays outside; the rest comes along, so that the demo also runs beside packages that were installed.
export default defineConfig({
  entry: { main: 'src/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  clean: true,
  external: [/^@netstrata\/(handles|net-compat|transport)(\/|$)/],
  noExternal: ['@netstrata/example-custom-transport', 'picocolors'],
  esbuildOptions(options) {
    options.conditions = ['source', 'module'];
  },
});
