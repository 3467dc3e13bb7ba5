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
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.md') && !/^docs\/(node_modules|reference|\.vitepress)\//.test(file))
    .sort();
  return ['README.md', 'ARCHITECTURE.md', ...pages, ...readmes('packages'), ...readmes('examples')];
}

const printsOf = (code: string): string[] => [...code.matchAll(/\/\/ prints (.+)$/gm)].map(([, said]) => said);

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  const folder = file.startsWith('packages/') ? join(root, dirname(file)) : here;
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => {
    const code = match[1];
    return { file, line: text.slice(0, match.index).split('\n').length + 1, code, prints: printsOf(code), folder };
  });
}

/** Every `js` block of every document. */
export const blocks: readonly Block[] = documents().flatMap(blocksOf);

/** Where a comment begins a line of a program. */
const STARS = /^ *\* ?/gm;

function commentBlocksOf(file: string): Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^ *\* ```js\n(.*?)^ *\* ```$/gms)].map((match) => {
    const code = match[1].replaceAll(STARS, '');
    return { file, line: text.slice(0, match.index).split('\n').length + 1, code, prints: printsOf(code), folder: here };
  });
}

const sources = readdirSync(join(root, 'packages')).flatMap((name) =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts')).sort().map((file) => `packages/${name}/src/${file}`));

/** Every `js` block of the comments of what packages export. */
export const commentBlocks: readonly Block[] = sources.flatMap(commentBlocksOf);
