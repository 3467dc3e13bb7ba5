import { built, suite } from '@netstrata/config/vitest';

export default suite({ globalSetup: built });
