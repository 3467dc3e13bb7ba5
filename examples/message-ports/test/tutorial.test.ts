import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { failuresOf } from './support/broken.js';
import { mistakes, quotes, tutorial } from './support/tutorial.js';

const src = fileURLToPath(new URL('../src/', import.meta.url));

describe('docs/guides/writing-a-transport.md', () => {
  for (const { line, file, code } of quotes) {
    it(`quotes ${basename(file)} at line ${line}`, () => {
      expect(readFileSync(file, 'utf8')).toContain(code);
    });
  }

  for (const name of readdirSync(src).filter((file) => file !== 'index.ts')) {
    it(`shows all of ${name}`, () => {
      const shown = new Set(quotes.filter(({ file }) => file === src + name).flatMap(({ code }) => code.split('\n')));
      const lines = readFileSync(src + name, 'utf8').split('\n').filter((line) => line.trim() !== '' && line !== '}');
      expect(lines.filter((line) => !shown.has(line))).toEqual([]);
    });
  }
});

it('every rule of the contract comes up', () => {
  const contract = readFileSync(new URL('../../../docs/how-it-works/contract.md', import.meta.url), 'utf8');
  const rules = [...contract.matchAll(/^- \*\*([A-Z]\d+) /gm)].map(([, rule]) => rule);
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter((rule) => !tutorial.includes(`**${rule}**`))).toEqual([]);
});

describe('a mistake in docs/guides/writing-a-transport.md', () => {
  for (const mistake of mistakes) {
    it(`is answered by the suite as it says at line ${mistake.line}`, async () => {
      expect(mistake.tests).not.toEqual([]);
      const failures = await failuresOf(mistake, 4000);
      // What is left out at the end stands as an ellipsis.
      expect(failures.map((failure, index) => shortenedAs(mistake.says[index], failure))).toEqual(mistake.says);
    });
  }
});

function shortenedAs(said: string, failure: string): string {
  const start = said.split(' …')[0];
  return said.endsWith(' …') && failure.startsWith(start) ? said : failure;
}
