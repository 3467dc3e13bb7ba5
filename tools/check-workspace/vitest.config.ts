import { suite } from '@netstrata/config/vitest';

// The tests run compilers and package managers.
export default suite({ testTimeout: 300_000, hookTimeout: 300_000 });
