import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readReport } from '@netstrata/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPackage } from '../src/create.js';
import { workshop } from '../src/workshop.js';
import { request } from './support/request.js';
import { installLike, stage } from './support/stage.js';

const { copy, remove } = await stage();
afterAll(remove);

const name = 'transport-semaphore';
const folder = join(copy, 'packages', name);
const reports = join(copy, 'reports');
/** Reports go into the copy: those of the gate are others. */
const env = { ...process.env, NETSTRATA_REPORTS: reports, NETSTRATA_LABEL: 'new' };

const run = (cwd: string, file: string, ...args: string[]) => promisify(execFile)(file, args, { cwd, env });
const script = (script: string) => run(folder, 'npm', 'run', '--silent', script);
/** What a tool of the copy has recorded of the new package. */
const outcomes = (report: string) => readReport(join(reports, report)).map((result) => `${result.name}: ${result.status}`);

beforeAll(() =>
  createPackage(copy, request, {
    ...workshop(copy),
    install: () => installLike(join(copy, 'packages/transport-tcp'), folder),
    build: () => script('build').then(() => {}),
  }),
);

describe('a package that was made', () => {
  it('typechecks', () => script('typecheck'));

  it('passes lint', () => script('lint'));

  it('passes the compliance suite', async () => {
    await script('test');
    const all = outcomes(`${name}.new.json`);
    expect(all.length).toBeGreaterThan(70);
    expect(all.filter((outcome) => !outcome.endsWith(': passed'))).toEqual([]);
  });

  it('passes every check of the workspace', async () => {
    // Packages that are not built here fail theirs.
    await run(copy, process.execPath, 'tools/check-workspace/dist/cli.js', 'workspace').catch(() => {});
    expect(outcomes('workspace.json').filter((outcome) => outcome.includes(name))).toEqual([
      `layers: ${name}: passed`,
      `cycles: within ${name}: passed`,
      `re-exports: ${name}: passed`,
      `manifest: ${name}: passed`,
      `files: ${name}: passed`,
      `changelog: ${name}: passed`,
      `size: @netstrata/${name}: passed`,
    ]);
  });

  it('has an example in its README that does what it says', async () => {
    await run(join(copy, 'examples/readme'), process.execPath, 'node_modules/vitest/vitest.mjs', 'run', 'examples-run', '-t', `packages/${name}/`);
    expect(outcomes('example-readme.new.json').filter((outcome) => outcome.includes(name))).toEqual([
      expect.stringMatching(/runs and prints what it says: packages\/transport-semaphore\/README\.md:\d+: passed$/),
    ]);
  });
});
