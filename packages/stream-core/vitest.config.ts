import { suite } from '@netstrata/config/vitest';

// One test is about listeners of the process, of which every copy of the package has its own.
export default suite({ isolate: true });
