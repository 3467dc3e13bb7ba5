import { suite } from '@netstrata/config/vitest';

export default suite({ include: ['test/**/*.test.mjs'] });
