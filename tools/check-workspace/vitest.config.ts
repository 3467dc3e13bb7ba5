import { suite } from '@netstrata/config/vitest';

// The tests run compilers and package managers.
export default suite({ testTimeout: 60_000, hookTimeout: 60_000 });
