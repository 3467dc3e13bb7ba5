import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const guides = new URL('../../../../docs/guides/', import.meta.url);

export const tutorial = readFileSync(new URL('writing-a-transport.md', guides), 'utf8');

/** A block of TypeScript, and the file that the last link above it leads to. */
export interface Quote {
  readonly line: number;
  readonly file: string;
  readonly code: string;
}

/** A change that breaks the transport, and what the suite says to it. */
export interface Mistake {
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** Titles of tests that fail. */
  readonly tests: readonly string[];
  /** Those titles, each with its message. */
  readonly says: readonly string[];
}

interface Block {
  readonly language: string;
  readonly line: number;
  readonly body: string;
  readonly above: string;
}

const blocks: readonly Block[] = [...tutorial.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => {
  const above = tutorial.slice(0, match.index);
  return { language: match[1], line: above.split('\n').length, body: match[2], above };
});

const isSource = (link: string): boolean => link.startsWith('../../examples/') && link.endsWith('.ts') && existsSync(fileURLToPath(new URL(link, guides)));

export const quotes: readonly Quote[] = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ line, body, above }) => {
    const link = [...above.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target).findLast(isSource);
    return { line, file: fileURLToPath(new URL(link ?? 'no-link', guides)), code: body };
  });

/** Every `diff` block, with the `text` block behind it. */
export const mistakes: readonly Mistake[] = blocks.flatMap(({ language, line, body }, index) => {
  if (language !== 'diff') return [];
  const side = (sign: string): string => body.split('\n').filter((one) => one.startsWith(sign) || one.startsWith(' ')).map((one) => `${one.slice(1)}\n`).join('');
  const says = blocks[index + 1].body.split(/^✗ /m).slice(1).map((one) => one.trimEnd());
  return [{ line, before: side('-'), after: side('+'), tests: says.map((one) => one.split('\n')[0]), says }];
});
