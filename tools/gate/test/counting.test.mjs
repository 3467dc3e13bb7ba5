import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sum } from '../../report/report.mjs';
import { members, standingOn } from '../members.mjs';
import { collect } from '../results.mjs';
import { failures, skips, table } from '../summary.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netstrata-gate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name, content) => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};
const step = { title: 'tests' };
const passed = { results: [{ name: 'a', status: 'passed' }] };

describe('a step', () => {
  it('counts what its reports say', () => {
    expect(sum(collect(step, 0, [file('a.json', passed), file('b.json', passed)]))).toEqual({ passed: 2, failed: 0, skipped: 0 });
  });

  it('fails when a report is missing', () => {
    const results = collect(step, 0, [file('a.json', passed), join(folder, 'b.json')]);
    expect(sum(results)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(results[1].name).toBe('the report b.json');
  });

  it('fails when a report is empty or broken', () => {
    writeFileSync(join(folder, 'broken.json'), '{');
    const results = collect(step, 0, [file('empty.json', { results: [] }), join(folder, 'broken.json')]);
    expect(sum(results)).toEqual({ passed: 0, failed: 2, skipped: 0 });
  });

  it('fails when it ended badly and no report says why', () => {
    expect(sum(collect(step, 1, [file('a.json', passed)]))).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('does not count a failure twice', () => {
    expect(sum(collect(step, 1, [file('a.json', { results: [{ name: 'a', status: 'failed' }] })])).failed).toBe(1);
  });

  it('takes the tasks that turbo ran from its summary', () => {
    const summary = file('turbo.json', {
      tasks: [
        { task: 'build', package: 'a', command: 'tsup', execution: { exitCode: 0 } },
        { task: 'lint', package: 'a', command: 'eslint', execution: { exitCode: 1 }, logFile: 'a.log' },
        { task: 'lint', package: 'b', command: '<NONEXISTENT>', execution: { exitCode: 0 } },
        { task: 'typecheck', package: 'b', command: 'tsc' },
      ],
    });
    expect(collect({ ...step, summary: true }, 1, [summary]).map(({ name, status }) => `${name}: ${status}`)).toEqual(['build a: passed', 'lint a: failed']);
  });
});

describe('the summary', () => {
  const outcome = {
    step,
    seconds: 1.2,
    results: [
      { name: 'good', status: 'passed' },
      { name: 'bad', status: 'failed', detail: 'why\nwhere' },
      { name: 'left out', status: 'skipped', detail: 'no wine' },
      { name: 'left out too', status: 'skipped', detail: 'no wine' },
    ],
  };

  it('has a line a step, and says what failed and what was left out', () => {
    expect(table([outcome]).split('\n')[1].split(/ {2,}/)).toEqual(['tests', '1', '1', '2', '1 s']);
    expect(failures(outcome)).toEqual(['✗ tests: bad', '    why', '    where']);
    expect(skips(outcome)).toEqual(['– tests: 2 skipped: no wine']);
  });
});

describe('the members of a workspace', () => {
  it('are found, with those that stand on one of them', () => {
    for (const [name, dependencies] of Object.entries({ base: {}, middle: { base: '' }, top: { middle: '' }, other: {} })) {
      mkdirSync(join(folder, 'packages', name), { recursive: true });
      file(`packages/${name}/package.json`, { name, dependencies });
    }
    const all = members(folder);
    expect(all).toHaveLength(4);
    expect(standingOn(all, 'base').map(({ name }) => name)).toEqual(['base', 'middle', 'top']);
  });
});
