import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../../', import.meta.url));
const here = fileURLToPath(new URL('../../', import.meta.url));

/** A program in a document. */
export interface Block {
  /** From the root of the repo. */
  readonly file: string;
  /** Of the first line of the program, from 1. */
  readonly line: number;
  readonly code: string;
  /** What it says that it prints. */
  readonly prints: readonly string[];
  /** Where to run it. */
  readonly folder: string;
}

const readmes = (area: string) =>
  readdirSync(join(root, area))
    .map((name) => `${area}/${name}/README.md`)
    .filter((file) => existsSync(join(root, file)));

function documents(): string[] {
  const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return ['README.md', 'ARCHITECTURE.md', ...guides, ...readmes('packages'), ...readmes('examples')];
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  const folder = file.startsWith('packages/') ? join(root, dirname(file)) : here;
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => {
    const code = match[1];
    const prints = [...code.matchAll(/\/\/ prints (.+)$/gm)].map(([, said]) => said);
    return { file, line: text.slice(0, match.index).split('\n').length + 1, code, prints, folder };
  });
}

/** Every `js` block of every document. */
export const blocks: readonly Block[] = documents().flatMap(blocksOf);
