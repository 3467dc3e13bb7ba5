import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readTemplate, type Template } from '../src/manifests.js';
import { readWorkspace, type Check, type Manifest, type Workspace } from '../src/workspace.js';

export const template: Template = readTemplate();

/** A manifest that follows the template, with an index and further entries. */
export function manifest(folder: string, more: Partial<Manifest> = {}, entryNames: readonly string[] = ['index']): Manifest {
  const conditions = (stem: string) => ({
    import: { types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` },
    require: { types: `./dist/${stem}.d.cts`, default: `./dist/${stem}.cjs` },
  });
  const own = {
    name: `@netstrata/${folder}`,
    version: '0.1.0',
    description: 'A package',
    keywords: ['netstrata'],
    sideEffects: false,
    exports: { ...Object.fromEntries(entryNames.map((name) => [name === 'index' ? '.' : `./${name}`, conditions(name)])), './package.json': './package.json' },
    ...more,
  };
  const fields = Object.entries(template).filter(([field, value]) => field in own || !/^<(dependencies|peers)>$/.test(String(value)));
  return Object.fromEntries(fields.map(([field, value]) => [field, field in own ? own[field as keyof typeof own] : value])) as unknown as Manifest;
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** The files beside a manifest that the template asks for. */
export function surroundings(folder: string): Record<string, string> {
  const names = ['README.md', 'LICENSE', 'eslint.config.mjs', 'tsconfig.json', 'tsup.config.ts', 'vitest.config.ts'];
  return {
    ...Object.fromEntries(names.map((name) => [`packages/${folder}/${name}`, name === 'tsconfig.json' ? '{}' : 'text'])),
    LICENSE: 'text',
    [`.changeset/${folder}.md`]: `---\n'@netstrata/${folder}': minor\n---\n\nFirst release.\n`,
  };
}

/** A copy that lacks some keys. */
export function without<T extends object>(from: T, ...keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key))) as T;
}

/** Writes a workspace into a folder that goes away with the test, or when told. Manifests may be given as objects. */
export function workspace(files: Record<string, string | Manifest>, onEnd: (remove: () => void) => void = onTestFinished): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-check-')));
  onEnd(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === 'string' ? content : json(content));
  }
  return readWorkspace(root);
}

/** What the checks found: the problems of those that found any. */
export async function problems(checks: readonly Check[]): Promise<Record<string, readonly string[]>> {
  const all = await Promise.all(checks.map(async ({ name, run }) => [name, await run()] as const));
  return Object.fromEntries(all.filter(([, found]) => found.length > 0));
}
