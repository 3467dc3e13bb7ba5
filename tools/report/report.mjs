import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The form of all results: those that tools record, and those of vitest.

const MARKS = { passed: '✓', failed: '✗', skipped: '–' };

/** The top of the stack as far as it is our code, which is enough to find a check that threw. */
const frames = ({ stack = '' }) => (stack.match(/^ {4}at (?!.*(?:node_modules|node:)).*/gm) ?? []).slice(0, 3).join('\n');

export class Report {
  #quiet;

  constructor(tool, { quiet = false } = {}) {
    this.tool = tool;
    this.results = [];
    this.#quiet = quiet;
  }

  get totals() {
    return sum(this.results);
  }

  add(name, status, detail) {
    this.results.push(detail ? { name, status, detail } : { name, status });
    if (this.#quiet) return;
    console.log(`  ${MARKS[status]} ${name}${status === 'skipped' && detail ? ` (skipped: ${detail})` : ''}`);
    if (status === 'failed' && detail) console.log(detail.replace(/^/gm, '      '));
  }

  async check(name, run) {
    let problems;
    try {
      problems = await run();
    } catch (error) {
      problems = [error instanceof Error ? [error.message, frames(error)].filter(Boolean).join('\n') : String(error)];
    }
    if (problems.length === 0) this.add(name, 'passed');
    else this.add(name, 'failed', problems.join('\n'));
  }

  finish(folder) {
    // A tool that checked nothing has not shown that anything is right.
    if (this.results.length === 0) this.add(`${this.tool} ran no check`, 'failed');
    if (folder) {
      mkdirSync(folder, { recursive: true });
      const report = { tool: this.tool, ...this.totals, results: this.results };
      writeFileSync(join(folder, `${this.tool}.json`), `${JSON.stringify(report, null, 2)}\n`);
    }
    return this.totals.failed === 0 ? 0 : 1;
  }
}

const VITEST_STATUS = { passed: 'passed', failed: 'failed', pending: 'skipped', skipped: 'skipped', todo: 'skipped', disabled: 'skipped' };

/** One result per test, and one for each file that failed without a failing test (it did not load). */
function vitestResults(report) {
  const results = [];
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      // An unknown status counts as a failure, so that no test disappears silently.
      results.push({ name: test.fullName, status: VITEST_STATUS[test.status] ?? 'failed', detail: test.failureMessages?.[0] });
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      results.push({ name: file.name, status: 'failed', detail: file.message });
    }
  }
  return results;
}

export function readReport(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const results = Array.isArray(report.testResults) ? vitestResults(report) : report.results;
  if (!Array.isArray(results)) throw new Error(`${file} is not a report`);
  return results;
}

export function sum(results) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of results) totals[status] += 1;
  return totals;
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
