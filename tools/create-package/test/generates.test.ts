import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readReport } from '@netstrata/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPackage } from '../src/create.js';
import { workshop } from '../src/workshop.js';
import { request } from './support/request.js';
import { installLike, stage } from './support/stage.js';

/** It takes a copy of everything, and a minute: only `npm run test:all` does it. The skeleton itself is always linted and tested. */
const isAll = process.env['NETSTRATA_QUICK'] !== '1';

const { copy, remove } = isAll ? await stage() : { copy: '', remove: () => {} };
afterAll(remove);

const name = 'transport-semaphore';
const folder = join(copy, 'packages', name);
const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
const run = (cwd: string, file: string, ...args: string[]) => promisify(execFile)(file, args, { cwd });
/** Runs tests of the copy, in one of its folders, and returns the results of the new package. */
async function outcomes(cwd: string, ...args: string[]): Promise<string[]> {
  const report = join(copy, 'outcomes.json');
  await run(cwd, process.execPath, vitest, 'run', '--reporter=json', `--outputFile=${report}`, ...args);
  return readReport(report).map((result) => `${result.name}: ${result.status}`);
}
const script = (script: string) => run(folder, 'npm', 'run', '--silent', script);

beforeAll(() =>
  isAll && createPackage(copy, request, {
    ...workshop(copy),
    install: () => installLike(join(copy, 'packages/transport-tcp'), folder),
    build: () => script('build').then(() => {}),
  }),
);

describe.runIf(isAll)('a package that was made', () => {
  it('typechecks', () => script('typecheck'));

  it('passes lint', () => script('lint'));

  it('passes the compliance suite', async () => {
    const all = await outcomes(folder);
    expect(all.length).toBeGreaterThan(70);
    expect(all.filter((outcome) => !outcome.endsWith(': passed'))).toEqual([]);
  });

  it('keeps to its layer', () => run(copy, process.execPath, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs', `packages/${name}/src`));

  it('has all that tools/packages looks for in the workspace', async () => {
    // What pnpm knows of dependencies from outside is in the lockfile, which no registry was asked for.
    const all = (await outcomes(join(copy, 'tools/packages'), '--project', 'manifests', 'manifests.test')).filter((outcome) => outcome.includes(name));
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((outcome) => !outcome.endsWith(': passed'))).toEqual([]);
  });

  it('has a size budget', async () => {
    const { entries } = JSON.parse(await readFile(join(copy, 'tools/packages/size-budgets.json'), 'utf8')) as { entries: Record<string, number> };
    expect(entries[`@netstrata/${name}`]).toBeGreaterThan(500);
  });

  it('has an example in its README, and one in its entry, that do what they say', async () => {
    const all = await outcomes(join(copy, 'examples/readme'), 'examples-run', 'comments-run', '-t', `packages/${name}/`);
    expect(all.filter((outcome) => outcome.includes(name) && !outcome.endsWith(': skipped')).sort()).toEqual([
      expect.stringMatching(/comment .*packages\/transport-semaphore\/src\/index\.ts:\d+: passed$/),
      expect.stringMatching(/document .*packages\/transport-semaphore\/README\.md:\d+: passed$/),
    ]);
  });

  it('has all that the reference asks for', () => run(join(copy, 'docs'), process.execPath, '--import', 'tsx', '.vitepress/reference/cli.ts', 'check'));
});
