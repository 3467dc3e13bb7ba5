import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { descriptionOf } from '../../.vitepress/page-data.js';
import { site } from '../support/page.js';

const pages = readdirSync(site.outDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
const of = (page: string, pattern: RegExp): string => pattern.exec(readFileSync(join(site.outDir, page), 'utf8'))?.[1] ?? '';

it('no two pages have one title', () => {
  const titles = new Map<string, string[]>();
  for (const page of pages) {
    const title = of(page, /<title>([^<]+)/);
    titles.set(title, [...(titles.get(title) ?? []), page]);
  }
  expect(titles.size).toBeGreaterThan(200);
  expect([...titles.values()].filter((same) => same.length > 1)).toEqual([]);
});

it('no two guides are described by the same words', () => {
  const described = pages.filter((page) => /^(?:guides|start|coming-from)/.test(page)).map((page) => of(page, /<meta name="description" content="([^"]+)/));
  expect(described.length).toBeGreaterThan(25);
  expect(new Set(described).size).toBe(described.length);
});

it('the description of a page is the first whole sentences of its text', () => {
  expect(descriptionOf('---\na: b\n---\n# Title\n\n```sh\nnpm\n```\n\nOne [link](to.md) and `code`. Two.\n\nThree.\n')).toBe('One link and code. Two.');
});
