import { suite } from '@netstrata/config/vitest';

// The skeleton's own tests run where it stands.
export default suite({ include: ['{,skeleton/}test/**/*.test.ts'] });
