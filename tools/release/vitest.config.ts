import { suite } from '@netstrata/config/vitest';

export default suite();
