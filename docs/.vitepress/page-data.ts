import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageData } from 'vitepress';
import { PARTS } from './contents.js';
import { placeOf, root } from './pages.js';
import { titleOfPage } from './search.js';

/** Tables of several columns need the room. */
const WITHOUT_OUTLINE = /^(?:coming-from|compatibility)\//;

/** As much as search engines show of a page. */
const LONGEST = 200;

/** The beginning of the first paragraph of a document, without its marks; empty where there is none. */
export function descriptionOf(text: string): string {
  const paragraphs = text.replaceAll(/^---\n.*?^---\n|<script setup>.*?<\/script>|^```.*?^```/gms, '').split(/\n{2,}/).map((paragraph) => paragraph.trim());
  const first = paragraphs.find((paragraph) => /^[\p{L}*`@[]/u.test(paragraph)) ?? '';
  const plain = first.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[*`]/g, '').replaceAll(/\s+/g, ' ');
  const whole = /^.*[.?](?= |$)/.exec(plain.slice(0, LONGEST))?.[0];
  return whole ?? plain.slice(0, LONGEST);
}

/** The pages before and after a page are those of its part of the site. */
function neighbours(place: string): { prev?: false; next?: false } {
  const part = PARTS.map(({ files }) => files.map(placeOf)).find((places) => places.includes(place)) ?? [];
  return { ...(part[0] === place && { prev: false }), ...(part[part.length - 1] === place && { next: false }) };
}

/** What a page says of itself, but for what its front matter says. */
export function pageData({ relativePath, filePath, title, description, frontmatter, params }: PageData): Partial<PageData> {
  return {
    title: titleOfPage(relativePath, title),
    description: description || (params ? '' : descriptionOf(readFileSync(join(root, filePath), 'utf8'))),
    frontmatter: { ...(WITHOUT_OUTLINE.test(relativePath) && { aside: false }), ...neighbours(relativePath), ...frontmatter },
  };
}
