import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { site } from '../support/page.js';

const pages = readdirSync(site.outDir, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.html'));

interface Page {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

const read = (file: string): Page => {
  const html = readFileSync(join(site.outDir, file), 'utf8');
  const attributes = (name: string) => [...html.matchAll(new RegExp(`<[a-z][^>]*? ${name}="([^"]*)"`, 'g'))].map(([, value]) => value.replaceAll('&amp;', '&'));
  return { links: [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&')), anchors: new Set(attributes('id')) };
};

const built = new Map(pages.map((file) => [file, read(file)]));

/** The file of the site that a link leads to, as the server finds it. */
function fileOf(page: string, path: string): string | null {
  const full = path === '' ? page : posix.normalize(posix.join(path.startsWith('/') ? '' : posix.dirname(page), decodeURI(path))).replace(/^\//, '');
  return [full, `${full}.html`, posix.join(full, 'index.html')].find((file) => built.has(file) || (posix.extname(file) !== '' && existsSync(join(site.outDir, file)))) ?? null;
}

function deadLinks(page: string): string[] {
  return built.get(page)!.links.filter((link) => !/^[a-z]+:/.test(link)).filter((link) => {
    const [path, fragment = ''] = link.split('#');
    const target = fileOf(page, path);
    if (target === null) return true;
    return fragment !== '' && built.has(target) && !built.get(target)!.anchors.has(decodeURIComponent(fragment));
  }).map((link) => `${page}: ${link}`);
}

it('every link of every page leads to a page, and every fragment to a place in it', () => {
  expect(pages.length).toBeGreaterThan(200);
  expect(pages.flatMap(deadLinks)).toEqual([]);
});
