import type { MarkdownRenderer } from 'vitepress';

/** The fragment of a heading, as GitHub makes it: links to it are the same for readers of the repository and of the site. */
export const slugOf = (heading: string): string => heading.trim().toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');

/** For markdown-it: a heading of a table without text is none, to who hears the page. */
export function headings(md: MarkdownRenderer): void {
  md.core.ruler.push('empty-headings', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[index + 1].content !== '') continue;
      token.tag = 'td';
      tokens[index + 2].tag = 'td';
    }
  });
}
