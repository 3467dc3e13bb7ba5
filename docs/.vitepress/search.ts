import type { DefaultTheme, MarkdownEnv } from 'vitepress';

/** Headings of the reference that say which part of a symbol follows, not which symbol: what stands below is found as that of the symbol. */
const PARTS = [
  'Returns', 'Parameters', 'Properties', 'Get Signature', 'Set Signature', 'Call Signature', 'Type Parameters?', 'Example', 'Throws', 'Inherited from',
  'Implementation of', 'Overrides', 'Extends', 'Extended by', 'Implements', 'Methods', 'Accessors', 'Constructors?', 'Functions', 'Interfaces', 'Type Aliases',
  'Classes', 'Variables', 'Events', 'Type Declaration', 'Deprecated', 'See', 'Index Signature', 'Default Value',
];
const OF_SYMBOLS = new RegExp(`<h[2-6][^>]*>(?:${PARTS.join('|')}) <a class="header-anchor".*?</a></h[2-6]>`, 'g');

/** A package, its reference and its changes have one name: the title says which of them it is. */
export function titleOfPage(place: string, title: string): string {
  if (/^reference\/./.test(place) && title.startsWith('@')) return `${title}: reference`;
  return place.endsWith('/changelog.md') ? `Changes of ${title}` : title;
}

/** What is found of a page, as its sections. */
function searched(html: string, place: string): string {
  const titled = html.replace(/(<h1[^>]*>)(.*?)( <a class="header-anchor")/, (_, before: string, title: string, after: string) => `${before}${titleOfPage(place, title)}${after}`);
  return place.startsWith('reference/') ? titled.replaceAll(OF_SYMBOLS, '') : titled;
}

export const search: NonNullable<DefaultTheme.Config['search']> = {
  provider: 'local',
  options: {
    _render(source, env: MarkdownEnv, md) {
      const html = md.render(source, env);
      return env.frontmatter?.['search'] === false ? '' : searched(html, env.relativePath.replace(/^docs\//, '').replace('CHANGELOG.md', 'changelog.md'));
    },
    miniSearch: {
      searchOptions: {
        // In the page, from its source: it cannot use what stands outside. Who searches wants to do something, first of all.
        boostDocument(id: string) {
          if (/^\/(?:start|guides)\//.test(id)) return 2;
          if (/^\/(?:how-it-works|tools|examples)\/|\/changelog|^\/compatibility\/conformance/.test(id)) return 0.5;
          return id.startsWith('/reference/') ? 1 : 1.5;
        },
      },
    },
  },
};
