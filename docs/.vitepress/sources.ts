import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { ELSEWHERE } from './links.js';
import { documents, linked, pageOf, root, targetOf } from './pages.js';

/** Languages of files whose name does not end in it. */
const LANGUAGES: Readonly<Record<string, string>> = { '.mjs': 'js', '.cjs': 'js', '.mts': 'ts', '.service': 'ini', Dockerfile: 'dockerfile', '.cfg': 'txt', '': 'txt' };

/** The sources that documents link to, and what is in the folders among them: pages of the site, since there is no other place to show them. */
export function sources(): string[] {
  const found = new Set<string>();
  const add = (path: string): void => {
    const target = targetOf(path);
    if (!target || !('source' in target) || found.has(target.source)) return;
    found.add(target.source);
    for (const name of inside(path)) add(`${path}/${name}`);
  };
  for (const file of documents()) {
    for (const [, link] of readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
      const target = ELSEWHERE.test(link) ? null : linked(file, link);
      if (target && 'source' in target) add(target.source);
    }
  }
  return [...found].filter((path) => !/\.(?:svg|png)$/.test(path)).sort();
}

/** The names in a folder, none for a file. */
function inside(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [];
  return readdirSync(join(root, path)).filter((name) => !['node_modules', 'dist'].includes(name) && !name.startsWith('.'));
}

/** The page that shows a source, as Markdown. */
export function shown(path: string): string {
  const title = `# ${path}\n\n`;
  if (statSync(join(root, path)).isDirectory()) return title + inside(path).map((name) => `- [${name}](/${pageOf(targetOf(`${path}/${name}`)!)})\n`).join('');
  const extension = extname(path);
  const language = LANGUAGES[extension || basename(path)] ?? extension.slice(1);
  return `${title}\`\`\`\`${language}\n${readFileSync(join(root, path), 'utf8').trimEnd()}\n\`\`\`\`\n`;
}
