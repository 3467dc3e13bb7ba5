import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folders } from '../../packages/layers.mjs';
import { deadLinks } from '../src/metadata/links.js';
import { root } from '../src/root.js';

// A package that was never released has a changeset, and no changelog yet.
const published = folders.flatMap((folder) => [`packages/${folder}/README.md`, `packages/${folder}/CHANGELOG.md`]).filter((file) => existsSync(join(root, file)));

// Those that are no pages of the site, which knows the links of all others, are here as well.
it.each([...published, 'README.md', 'docs/README.md'])('links of %s lead somewhere, from where the page of a registry resolves them', (file) => {
  expect(deadLinks(file)).toEqual([]);
});
