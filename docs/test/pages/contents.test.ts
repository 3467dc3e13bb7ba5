import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PARTS, linkOf } from '../../.vitepress/contents.js';
import { documents } from '../../.vitepress/pages.js';
import { site } from '../support/page.js';

const listed = PARTS.flatMap(({ files }) => files);

it('every document is in the sidebar, once', () => {
  expect([...listed].sort()).toEqual([...new Set(listed)].sort());
  // The first page is what the title leads to; those of sources are found by links.
  const others = new Set(['docs/index.md', 'docs/source/[path].md']);
  expect(documents().filter((file) => !listed.includes(file) && !others.has(file))).toEqual([]);
});

it('every line of the sidebar has its page', () => {
  expect(listed.length).toBeGreaterThan(80);
  expect(listed.filter((file) => !existsSync(join(site.outDir, `${linkOf(file).replace(/\/$/, '/index')}.html`)))).toEqual([]);
});
