import type { MarkdownRenderer } from 'vitepress';
import { linked, pageOf, renderedFile } from './pages.js';

/** A link to this, and not to a file beside the document. */
export const ELSEWHERE = /^(?:[a-z]+:|\/|#)/;

/** The path in the site of what a document links to as a file; the link itself if it leads nowhere, which fails the build. */
function siteLink(file: string, href: string): string {
  if (ELSEWHERE.test(href)) return href;
  const [path, fragment] = href.split('#');
  const target = linked(file, path);
  if (!target) return href;
  return `/${pageOf(target)}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** For markdown-it: links are written as readers of the repository follow them, from file to file. */
export function links(md: MarkdownRenderer): void {
  md.core.ruler.push('site-links', ({ tokens, env }) => {
    const file = renderedFile(env);
    if (file === null) return;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (href !== null) token.attrSet('href', siteLink(file, href));
    }
  });
}
