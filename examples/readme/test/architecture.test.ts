import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/blocks.js';

const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** Rows of tables that begin with a link to a file, and have names in the second cell. */
const rows = [...text.matchAll(/^\| \[[^\]]+\]\(([^)]+)\) \| ([^|]+) \|/gm)].map(([, file, names]) => ({
  file: file,
  names: [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
}));

describe('ARCHITECTURE.md', () => {
  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, file]) => file);
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('names functions and classes that stand in the file', () => {
    expect(rows.length).toBeGreaterThan(30);
    const missing = rows.flatMap(({ file, names }) => {
      const source = readFileSync(join(root, file), 'utf8');
      return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source)).map((name) => `${name} in ${file}`);
    });
    expect(missing).toEqual([]);
  });
});

const decisions = join(root, 'docs/how-it-works/decisions');

it('docs/how-it-works/decisions/README.md lists every decision, by its title', () => {
  const listed = [...readFileSync(join(decisions, 'README.md'), 'utf8').matchAll(/^\| (\d+) \| \[([^\]]+)\]\(([^)]+)\)/gm)].map(([, number, title, file]) => [file, `# ${number}. ${title}`]);
  const written = readdirSync(decisions).filter((file) => file !== 'README.md').sort().map((file) => [file, readFileSync(join(decisions, file), 'utf8').split('\n')[0]]);
  expect(listed.map(([file]) => file)).toEqual(written.map(([file]) => file));
  // Code in a title is shown as such in the list.
  const plain = (titles: (string | undefined)[][]) => titles.map(([, title]) => title!.replaceAll('`', ''));
  expect(plain(listed)).toEqual(plain(written));
});
