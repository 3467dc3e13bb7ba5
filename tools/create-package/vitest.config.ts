import { suite } from '@netstrata/config/vitest';

// One test builds, lints and tests a package; the skeleton's own tests run where it stands.
export default suite({ include: ['{,skeleton/}test/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 });
