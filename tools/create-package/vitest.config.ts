import { suite } from '@netstrata/config/vitest';

// The skeleton's own tests run in its folder.
export default suite({ include: ['{,skeleton/}test/**/*.test.ts'] });
