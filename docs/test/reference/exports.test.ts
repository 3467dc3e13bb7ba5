import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { root } from '../../.vitepress/pages.js';
import { entriesOf, type Entry } from '../../.vitepress/reference/entries.js';

const entries = entriesOf(join(root, 'packages'));

/** For other packages of the project, or Node's own internals. */
function isInside(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const meant = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  return meant.name.startsWith('_') || meant.getJsDocTags(checker).some(({ name }) => name === 'internal');
}

/** What the declarations say that an entry exports. */
function exportsOf(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker.getExportsOfModule(module).filter((symbol) => !isInside(symbol, checker)).map(({ name }) => name);
}

const declarationOf = ({ source }: Entry): string => source.replace('/src/', '/dist/').replace(/\.ts$/, '.d.ts');

it('has every export of every entry, described or as a link', () => {
  const files = entries.map(declarationOf);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  const program = ts.createProgram(files, { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, skipLibCheck: true });
  const missing = entries.flatMap((entry) => {
    const page = readFileSync(join(root, 'docs/reference', `${entry.page}.md`), 'utf8').replaceAll('\\', '');
    const described = new Set([...page.matchAll(/^### (?:`?abstract`? )?([\w.]+)(?:\(\))?(?:<[^>]*>)? \{#/gm)].map(([, name]) => name));
    const linked = new Set([...(page.split('## Exports of other entries')[1] ?? '').matchAll(/\[([\w.]+)\]/g)].map(([, name]) => name));
    return exportsOf(program, declarationOf(entry)).filter((name) => !described.has(name) && !linked.has(name)).map((name) => `${name} of ${entry.name}`);
  });
  expect(entries.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});

it('has an example of every entry, before anything else', () => {
  const pages = entries.map(({ page }) => readFileSync(join(root, 'docs/reference', `${page}.md`), 'utf8'));
  expect(entries.filter((_, i) => !/^# \S+\n\n[^#]+\n## Example\n\n```js\n/.test(pages[i])).map(({ name }) => name)).toEqual([]);
});
