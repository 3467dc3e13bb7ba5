import { fileURLToPath } from 'node:url';

/** The root of the repository, with a separator at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of this folder. */
export const source = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
