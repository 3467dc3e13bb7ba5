import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPackage } from '../src/create.js';
import { CHANGED, type Workshop } from '../src/workshop.js';
import { request } from './support/request.js';

/** A workspace that contains only the files to be changed. */
function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'netstrata-create-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const path of ['LICENSE', ...CHANGED]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path.endsWith('.json') ? '{ "references": [] }' : `${path} as it was`);
  }
  for (const folder of ['packages', '.changeset']) mkdirSync(join(root, folder));
  return root;
}

/** Path -> text of every file. */
function contents(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(paths.map((path) => [path, statSync(join(root, path)).isFile() ? readFileSync(join(root, path), 'utf8') : '']));
}

/** Changes the files that a workshop changes, and fails at one step. */
function failingAt(root: string, step: keyof Workshop): Workshop {
  const work = (own: keyof Workshop) => () => {
    expect(existsSync(join(root, 'packages/transport-semaphore/src/semaphore.ts'))).toBe(true);
    for (const path of CHANGED) writeFileSync(join(root, path), `changed by ${own}`);
    return own === step ? Promise.reject(new Error(`${step} failed`)) : Promise.resolve();
  };
  return { install: work('install'), build: work('build'), budget: work('budget') };
}

it.each(['install', 'build', 'budget'] as const)('leaves nothing behind when %s fails', async (step) => {
  const root = workspace();
  const before = contents(root);
  await expect(createPackage(root, request, failingAt(root, step))).rejects.toThrow(`${step} failed`);
  expect(contents(root)).toEqual(before);
});

it('leaves nothing behind when it cannot write', async () => {
  const root = workspace();
  rmSync(join(root, '.changeset'), { recursive: true });
  writeFileSync(join(root, '.changeset'), 'a file, where a folder should be');
  const before = contents(root);
  await expect(createPackage(root, request, failingAt(root, 'install'))).rejects.toThrow();
  expect(contents(root)).toEqual(before);
});
