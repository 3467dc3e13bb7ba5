import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Built into dist/, one level below this package as src/ is.
export const here = fileURLToPath(new URL('..', import.meta.url));
export const root = join(here, '../..');
