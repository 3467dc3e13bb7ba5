import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
/** Examples in comments import the package. */
const codeOf = (name: string) => readFileSync(join(src, name), 'utf8').replace(/\/\*.*?\*\//gs, '');
const importsOf = (name: string) => [...codeOf(name).matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);

it('no source imports anything but its neighbours', () => {
  expect(sources.length).toBeGreaterThan(10);
  for (const name of sources) expect(importsOf(name).filter((target) => !target.startsWith('.')), name).toEqual([]);
});

it('the root entry loads isIP and nothing else', () => {
  expect(importsOf('index.ts')).toEqual(['./syntax/is-ip.js']);
  expect(importsOf('syntax/is-ip.ts')).toEqual(['./hex-digits.js']);
  expect(importsOf('syntax/hex-digits.ts')).toEqual([]);
});
