import { fileURLToPath } from 'node:url';

/** The root of the repo. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));
