import { suite } from '@netstrata/config/vitest';

// Pictures are for eyes, and no test.
const include = process.env['NETSTRATA_PICTURES'] === '1' ? ['test/looks/pictures.ts'] : ['test/**/*.test.ts'];

export default suite({ globalSetup: ['test/support/setup.mjs'], include });
