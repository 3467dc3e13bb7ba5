import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MarkdownEnv } from 'vitepress';

/** The root of the repository: documents everywhere in it are pages of the site. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where documents outside docs/ stand in the site. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/^ARCHITECTURE\.md$/, 'how-it-works/architecture.md'],
  [/^CONTRIBUTING\.md$/, 'how-it-works/contributing.md'],
  [/^SECURITY\.md$/, 'compatibility/security.md'],
  [/^packages\/([^/]+)\/CHANGELOG\.md$/, 'packages/$1/changelog.md'],
  [/^docs\/(?!README)(.*)$/, '$1'],
  [/^((?:packages|examples|tools)\/.*)\/README\.md$/, '$1.md'],
];

/** The place of a document in the site, as a path with `.md`; null for what is for readers of the repository alone. */
export function placeOf(file: string): string | null {
  const place = PLACES.find(([pattern]) => pattern.test(file));
  return place ? file.replace(place[0], place[1]).replace(/README\.md$/, 'index.md') : null;
}

/** What VitePress leaves out: documents without a place, and what is no document. */
export const EXCLUDED = ['README.md', 'docs/README.md', '.changeset/**', '**/skeleton/**', 'reports/**', 'coverage/**', '.ci/**', '.github/**', 'docs/test/**'];

const NO_DOCUMENTS = new Set(['node_modules', 'dist', 'skeleton', '.vitepress', 'reference', 'test']);

/** The first heading of a document, without its marks. */
export function titleOf(file: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(root, file), 'utf8'));
  if (!heading) throw new Error(`${file} has no heading of the first level`);
  return heading[1].replaceAll('`', '');
}

/** A page of the site that is a document, or one that shows a source or a folder of sources. */
export type Target = { readonly page: string } | { readonly source: string };

/** What a file or folder of the repository is in the site; null if there is none. */
export function targetOf(path: string): Target | null {
  const full = join(root, path);
  if (!existsSync(full)) return null;
  if (['README.md', 'docs/README.md', '.'].includes(path)) return { page: 'index.md' };
  if (statSync(full).isDirectory()) return existsSync(join(full, 'README.md')) ? targetOf(`${path}/README.md`) : { source: path };
  const place = path.endsWith('.md') ? placeOf(path) : null;
  return place ? { page: place } : { source: path };
}

/** What a relative link of a document leads to; null if it leads nowhere. */
export function linked(file: string, link: string): Target | null {
  return targetOf(posix.normalize(posix.join(posix.dirname(file), decodeURI(link))).replace(/\/$/, ''));
}

/** The page of a target, as VitePress names pages. */
export const pageOf = (target: Target): string => ('page' in target ? target.page : `source/${target.source}.md`);

/** All documents that are pages of the site, as files of the repository. */
export function documents(): string[] {
  const files = ['docs', 'packages', 'examples', 'tools'].flatMap((area) => walk(area)).filter((file) => file.endsWith('.md'));
  return ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...files].filter((file) => !EXCLUDED.includes(file) && placeOf(file) !== null);
}

function walk(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => !NO_DOCUMENTS.has(name));
  return entries.flatMap((entry) => (entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}

/** The file of the document that markdown-it renders; null for a title in front matter, which VitePress renders by itself. */
export function renderedFile(env: unknown): string | null {
  const { realPath, path } = env as Partial<MarkdownEnv>;
  const file = realPath ?? path;
  return file === undefined ? null : relative(root, file).replaceAll('\\', '/');
}
