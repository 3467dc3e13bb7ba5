import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { slugOf } from '../../../../docs/.vitepress/headings.js';
import { root } from '../root.js';

/** Relative links in a document. Those in code are none. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(<?([^)>\s]+)>?\)/g)].map(([, link]) => link).filter((link) => !/^(?:[a-z]+:|#)/.test(link));
}

/** As the pages of registries and of hosts of repositories make them of headings. */
function anchorsOf(text: string): Set<string> {
  const titles = [...text.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  const ids = titles.map(slugOf);
  return new Set(ids.map((id, at) => { const before = ids.slice(0, at).filter((one) => one === id).length; return before === 0 ? id : `${id}-${before}`; }));
}

/**
 * Relative links of a package's document that lead nowhere. A registry resolves them from `repository.directory`, so they have to be right from the folder of the package, and inside the
 * repo.
 */
export function deadLinks(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const own = [...text.matchAll(/\]\(#([^)]+)\)/g)].filter(([, id]) => !anchorsOf(text).has(id)).map(([, id]) => `${file}: there is no heading #${id}`);
  const others = linksOf(text).flatMap((link) => {
    const [path, id] = link.split('#');
    const target = join(root, dirname(file), path);
    if (path.startsWith('/') || relative(root, target).startsWith('..')) return [`${file}: ${link} leads out of the repo`];
    if (!existsSync(target)) return [`${file}: ${link} is not there`];
    return id === undefined || !path.endsWith('.md') || anchorsOf(readFileSync(target, 'utf8')).has(id) ? [] : [`${file}: ${path} has no heading #${id}`];
  });
  return [...own, ...others];
}
