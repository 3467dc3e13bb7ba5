import { suite } from '@netstrata/config/vitest';

// Each connection is a process, and starting one takes its time.
export default suite({ testTimeout: 40_000 });
