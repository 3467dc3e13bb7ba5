import { defineConfig } from 'vitest/config';
import { scenarios } from './packages/net-compat/scenarios/projects.mjs';

/** `vitest run` here runs every suite there is; `--project @netstrata/handles` one of them, as it does in its folder. */
export default defineConfig({
  test: {
    projects: ['docs/vitest.config.ts', '{packages,examples}/*/vitest.config.ts', 'tools/!(packages)/vitest.config.ts', ...scenarios],
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.ts'], reporter: ['text', 'json'], reportsDirectory: 'coverage' },
  },
});
