import { built, suite } from '@netstrata/config/vitest';

// The page is bundled from what gets published.
export default suite({ globalSetup: [built, 'test/support/setup.mjs'] });
