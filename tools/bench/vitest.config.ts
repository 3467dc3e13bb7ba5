import { suite } from '@netstrata/config/vitest';

export default suite({ testTimeout: 60_000 });
