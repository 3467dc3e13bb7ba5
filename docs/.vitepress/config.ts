import { defineConfig } from 'vitepress';
import { nav, sidebar } from './contents.js';
import { headings, slugOf } from './headings.js';
import { links } from './links.js';
import { pageData } from './page-data.js';
import { EXCLUDED, placeOf } from './pages.js';
import { search } from './search.js';
import { keepFile, types } from './types/transformer.js';

/** Three layers, as a file of its own would say it. */
const LAYERS = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="#0b7686">
<rect x="3" y="5" width="26" height="6" rx="2"/>
<rect x="3" y="13" width="19" height="6" rx="2" opacity=".75"/>
<rect x="3" y="21" width="12" height="6" rx="2" opacity=".5"/>
</g></svg>`;
const ICON = `data:image/svg+xml,${encodeURIComponent(LAYERS)}`;

/** VitePress has each page ask for its icons, of which there are none. */
const EMPTY = /\n? *<link rel="preload stylesheet" href="[^"]*vp-icons\.css"[^>]*>/;

export default defineConfig({
  title: 'netstrata',
  description: "Node's net API as layers that can be swapped",
  lang: 'en',
  // Documents are where readers of the repository look for them: beside what they are about.
  srcDir: '..',
  srcExclude: EXCLUDED,
  rewrites: (file) => placeOf(file) ?? file,
  ignoreDeadLinks: 'localhostLinks',
  // What all pages share is one file, and not part of each.
  metaChunk: true,
  // Half a megabyte of pages that nobody has asked for.
  router: { prefetchLinks: false },
  transformPageData: pageData,
  transformHtml: (html) => html.replace(EMPTY, ''),
  head: [['link', { rel: 'icon', href: ICON }]],
  markdown: {
    config(md) {
      links(md);
      headings(md);
      keepFile(md);
    },
    codeTransformers: [types()],
    anchor: { slugify: slugOf },
    // There is no highlighting for `haproxy`.
    languageAlias: { haproxy: 'nginx' },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    nav, sidebar, search, outline: [2, 3],
    notFound: {
      title: 'There is no such page',
      quote: 'The search knows every page of this site, offline too.',
      linkText: 'To the first page',
      linkLabel: 'To the first page',
    },
  },
});
