import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from './support/run.js';

const guide = join(folder, '../../docs/guides/simulation.md');
const text = readFileSync(guide, 'utf8');

/** A block of the guide, with the file that is linked last before it. */
interface Block {
  readonly line: number;
  readonly language: string;
  readonly content: string;
  readonly file: string;
}

const blocks: readonly Block[] = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => {
  const before = text.slice(0, match.index);
  const file = [...before.matchAll(/\]\((\.\.\/\.\.\/examples\/[^)#]+\.\w+)\)/g)].at(-1)?.[1] ?? '';
  return { line: before.split('\n').length, language: match[1], content: match[2], file: join(dirname(guide), file) };
});

const isCode = ({ language }: Block): boolean => ['javascript', 'typescript', 'json'].includes(language);
const isOutput = ({ language }: Block): boolean => language === 'text';

/** Quoted code may be further to the left. */
const flush = (code: string): string => {
  const lines = code.split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n').trim();
};

/** Lines that follow each other in a file; `// ...` stands for any that are left out. */
function isIn(file: string, code: string): boolean {
  const source = readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).join('\n');
  let from = 0;
  return code.split(/^\s*\/\/ \.\.\.\n/m).every((part) => {
    const wanted = flush(part).split('\n').map((line) => line.trim()).join('\n');
    const at = source.indexOf(wanted, from);
    from = at + wanted.length;
    return at >= 0;
  });
}

/** What a program of the examples prints. With UPDATE_GUIDE it is put into the guide. */
async function print(block: Block): Promise<string> {
  const { output } = await run(['--no-warnings', block.file]);
  if (process.env['UPDATE_GUIDE'] !== undefined) writeFileSync(guide, readFileSync(guide, 'utf8').replace(block.content, () => output));
  return output;
}

describe('docs/guides/simulation.md', () => {
  it('has all of its code from an example, and all of its output from a run', () => {
    expect(blocks.filter((block) => !isCode(block) && !isOutput(block) && block.language !== 'sh')).toEqual([]);
    expect(blocks.filter(isCode).length).toBeGreaterThan(8);
    expect(blocks.filter(isOutput).length).toBeGreaterThan(1);
  });

  for (const block of blocks.filter(isCode)) {
    it(`quotes what is there: line ${block.line}`, () => {
      expect(existsSync(block.file) && isIn(block.file, block.content), block.file).toBe(true);
    });
  }

  for (const block of blocks.filter(isOutput)) {
    it(`shows what is printed: line ${block.line}`, async () => {
      expect(await print(block)).toBe(block.content);
    });
  }

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => join(dirname(guide), link));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((file) => !existsSync(file))).toEqual([]);
  });
});
