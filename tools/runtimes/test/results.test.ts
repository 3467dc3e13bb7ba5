import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unavailable } from '../binaries.mjs';
import { NODE_ARGS, readResults } from '../src/suite.js';

const runner = fileURLToPath(new URL('../suites/runner.mjs', import.meta.url));
const package_ = fileURLToPath(new URL('..', import.meta.url));

const SUITE = `
import { runner } from ${JSON.stringify(pathToFileURL(runner).href)};
const { describe, it } = runner;
describe('outer', () => {
  it('passes', async () => {});
  it('fails', async () => { throw new Error('on purpose'); });
  describe('inner', () => it('passes too', async () => {}));
});`;

/** Runs a suite with this Node and returns what it wrote. */
function results(code: string, ...flags: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [suite, file] = [join(folder, 'suite.mjs'), join(folder, 'results')];
  writeFileSync(suite, code);
  const args = flags.length > 0 ? flags : NODE_ARGS;
  const env = { ...process.env, NETSTRATA_RESULTS: file, NODE_OPTIONS: '' };
  let exit = 0;
  try {
    execFileSync(process.execPath, [...args, suite], { cwd: package_, env, stdio: 'ignore' });
  } catch (error) {
    exit = (error as { status: number }).status;
  }
  return readResults(file, { code: exit, output: existsSync(file) ? readFileSync(file, 'utf8') : '' }).map(({ name, status }) => `${status} ${name}`);
}

const expected = ['passed outer > passes', 'failed outer > fails', 'passed outer > inner > passes too'];
// The runner takes any runtime with such a global for Deno.
const asDeno = ['--import', 'data:text/javascript,globalThis.Deno={}'];

describe('a suite', () => {
  it('is run by node:test on Node', () => {
    expect(results(SUITE)).toEqual(expected);
  });

  it('is run by our runner elsewhere', () => {
    expect(results(SUITE, ...asDeno)).toEqual(expected);
  });

  it('that ends before its tests do has failed', () => {
    const found = results(SUITE.replace("throw new Error('on purpose');", 'process.exit(0);'), ...asDeno);
    expect(found).toEqual(['passed outer > passes', 'failed runs to its end']);
  });

  it('that does not load has failed', () => {
    expect(results("import './none.mjs';")).toEqual(['failed runs to its end']);
    expect(results('throw new Error();', ...asDeno)).toEqual(['failed runs to its end']);
  });

  it('without tests has failed', () => {
    expect(results(SUITE.slice(0, SUITE.indexOf('describe(')), ...asDeno)).toEqual(['failed has tests']);
  });
});

describe('the runtimes', () => {
  it('are for linux x64', () => {
    expect(unavailable('linux', 'x64')).toBeNull();
    expect(unavailable('darwin', 'arm64')).toBe('other runtimes are installed on linux x64 only, and this is darwin arm64');
  });
});
