import { suite } from '@netstrata/config/vitest';

// Compilers, package managers and bundlers are slow.
const slow = { testTimeout: 300_000, hookTimeout: 300_000, maxWorkers: 2 };

export default suite({
  include: [],
  projects: [
    { extends: true, test: { name: 'manifests', include: ['test/*.test.ts'] } },
    { extends: true, test: { name: 'published', include: ['test/published/*.test.ts'], globalSetup: 'test/published/install.ts', ...slow } },
  ],
});
