import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../.vitepress/pages.js';

const folder = join(root, 'docs/reference');
const pages = new Map(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));

const anchors = new Map([...pages].map(([page, text]) => [page, new Set([...text.matchAll(/\{#([^}]+)\}|<a id="([^"]+)">/g)].map(([, heading, cell]) => heading ?? cell))]));

it('leads from every link to a symbol that is there', () => {
  const links = [...pages].flatMap(([page, text]) => [...text.matchAll(/\]\(([^)\s]*)#([^)\s]+)\)/g)]
    .filter(([, path]) => !/^[a-z]+:/.test(path))
    .map(([, path, anchor]) => ({ page, to: path === '' ? page : posix.join(posix.dirname(page), path), anchor })));
  expect(links.length).toBeGreaterThan(500);
  expect(links.filter(({ to, anchor }) => anchors.get(to)?.has(anchor) !== true)).toEqual([]);
});
