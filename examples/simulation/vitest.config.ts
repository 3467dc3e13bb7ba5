import { suite } from '@netstrata/config/vitest';

export default suite({ include: ['test/**/*.test.ts', 'vitest/**/*.test.mjs'] });
