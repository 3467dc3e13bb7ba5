import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sum } from '../../report/report.mjs';
import { chosen, fewer, resultsOf, schedule } from '../gate.mjs';
import { JOBS } from '../jobs.mjs';
import { failures, skips, table } from '../summary.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netstrata-gate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const job = { name: 'unit', title: 'tests', reports: true };
const passed = { name: 'a', status: 'passed' };
const failed = { name: 'a', status: 'failed' };

describe('what a job comes to', () => {
  const of = (content, code = 0, more = {}) => {
    const file = join(folder, 'unit.json');
    if (content !== null) writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return resultsOf({ ...job, ...more }, code, ['the last line'], file);
  };

  it('is what its report says', () => expect(sum(of({ results: [passed, passed] }))).toEqual({ passed: 2, failed: 0, skipped: 0 }));
  it('is a failure when there is no report', () => expect(of(null)[0].detail).toContain('the last line'));
  it('is a failure when the report is broken', () => expect(sum(of('{')).failed).toBe(1));
  it('is a failure when no test ran', () => expect(sum(of({ results: [] })).failed).toBe(1));
  it('is a failure when it ended badly and the report does not say why', () => expect(sum(of({ results: [passed] }, 1))).toEqual({ passed: 1, failed: 1, skipped: 0 }));
  it('is not counted twice', () => expect(sum(of({ results: [failed] }, 1)).failed).toBe(1));
  it('says where it was', () => expect(of({ results: [passed] }, 0, { place: 'Node 26' })[0].name).toBe('Node 26 > a'));
  it('is how it ended, where there are no reports', () => {
    expect(of(null, 0, { reports: false })).toEqual([{ name: 'tests', status: 'passed' }]);
    expect(of(null, 1, { reports: false })).toEqual([{ name: 'tests', status: 'failed', detail: 'the last line' }]);
  });

  it('is told where it is less than it was', () => {
    const outcomes = [{ job, results: [passed, { ...passed, status: 'skipped' }] }];
    expect(fewer(outcomes, { unit: 3 })).toMatchObject([{ status: 'failed', detail: expect.stringContaining('2 ran, where it were 3') }]);
    expect(fewer(outcomes, { unit: 2 })).toEqual([]);
    expect(fewer([{ job, results: [{ name: 'pg', status: 'skipped', detail: 'no server' }] }], { unit: 3 })).toEqual([]);
  });
});

describe('jobs', () => {
  const names = (jobs) => jobs.map(({ name }) => name);
  const order = [
    { name: 'build' }, { name: 'slow', needs: ['build'] }, { name: 'alone' }, { name: 'net', aside: true }, { name: 'last', after: ['slow', 'gone'] }, { name: 'rare', all: true }, { name: 'quick', check: true },
  ].map((one) => ({ title: one.name, ...one }));

  it('come with what they need', () => {
    expect(names(chosen(order, { only: ['slow'] }))).toEqual(['build', 'slow']);
    expect(names(chosen(order, {}))).toEqual(['build', 'slow', 'alone', 'net', 'last']);
    expect(names(chosen(order, { all: true }))).toEqual(['build', 'slow', 'alone', 'net', 'last', 'rare']);
    expect(names(chosen(order, { only: ['quick'] }))).toEqual(['quick']);
  });

  it('of the gate need only such as there are', () => {
    const all = names(JOBS);
    expect(new Set(all).size).toBe(all.length);
    for (const { needs = [], after = [] } of JOBS) expect([...needs, ...after].filter((name) => !all.includes(name))).toEqual([]);
    for (const { name, all: ofAll, needs = [] } of JOBS) if (!ofAll) expect(JOBS.filter((one) => needs.includes(one.name) && one.all), name).toEqual([]);
  });

  it('run two at a time, in order, none before what it needs', async () => {
    const log = [];
    let busy = 0;
    const take = async ({ name, aside }) => {
      if (!aside) expect(++busy).toBeLessThanOrEqual(2);
      log.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      if (!aside) busy--;
      return [passed];
    };
    const outcomes = await schedule(chosen(order, {}), take, 2);
    expect(names(outcomes.map((one) => one.job))).toEqual(['build', 'slow', 'alone', 'net', 'last']);
    expect(log.indexOf('slow')).toBeGreaterThan(log.indexOf('build'));
    expect(log.at(-1)).toBe('last');
  });

  it('are skipped when what they need has failed, or they cannot run here', async () => {
    // A job that needs one that cannot run here does without it, and says so itself.
    const elsewhere = [{ name: 'elsewhere', title: 'x', skip: 'no wine' }, { name: 'without', title: 'y', needs: ['elsewhere'] }];
    const jobs = chosen([...order, ...elsewhere], {});
    const outcomes = await schedule(jobs, ({ name }) => Promise.resolve([name === 'build' ? failed : passed]), 2);
    const skipped = outcomes.filter(({ results }) => results[0].status === 'skipped');
    expect(skipped.map((one) => [one.job.name, one.results[0].detail])).toEqual([['slow', 'build has not passed'], ['elsewhere', 'no wine']]);
  });
});

it('the summary has a line a job, and says what failed and what was left out', () => {
  const left = { name: 'left out', status: 'skipped', detail: 'no wine' };
  const outcome = { job, seconds: 1.2, results: [passed, { ...failed, name: 'bad', detail: 'why\nwhere' }, left, left] };
  expect(table([outcome]).split('\n')[1].split(/ {2,}/)).toEqual(['tests (unit)', '1', '1', '2', '1 s']);
  expect(failures(outcome)).toEqual(['✗ tests: bad', '    why', '    where']);
  expect(skips(outcome)).toEqual(['– tests: 2 skipped: no wine']);
});
