import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Report, closingLine, readReport, sum } from '../report.mjs';

describe('reports', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netstrata-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const vitest = (testResults) => {
    const file = join(folder, 'vitest.json');
    writeFileSync(file, JSON.stringify({ testResults }));
    return sum(readReport(file));
  };

  it('come back as they were written', async () => {
    const report = new Report('tool', { quiet: true });
    await report.check('good', () => []);
    await report.check('bad', () => ['why']);
    await report.check('throws', () => Promise.reject(new Error('thrown')));
    report.add('left out', 'skipped', 'no reason');
    expect(report.finish(folder)).toBe(1);
    const results = readReport(join(folder, 'tool.json'));
    expect(results).toEqual(report.results);
    expect(sum(results)).toEqual({ passed: 1, failed: 2, skipped: 1 });
  });

  it('fail when nothing was checked', () => {
    expect(new Report('tool', { quiet: true }).finish()).toBe(1);
  });

  it('count every test of a vitest report', () => {
    const assertionResults = ['passed', 'passed', 'failed', 'pending', 'todo'].map((status) => ({ fullName: status, status }));
    expect(vitest([{ name: 'a.test.ts', status: 'failed', assertionResults }])).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('count a vitest file that did not load as one failure', () => {
    expect(vitest([{ name: 'a.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] }])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('refuse a file that is no report', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{}');
    expect(() => readReport(file)).toThrow('is not a report');
  });
});

describe('the closing line', () => {
  it('leaves out skipped when there are none', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
