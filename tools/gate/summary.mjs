import { sum } from '../report/report.mjs';

/** One line per job. */
export function table(outcomes) {
  const rows = outcomes.map(({ job, results, seconds }) => {
    const { passed, failed, skipped } = sum(results);
    return [job.name && job.name !== job.title ? `${job.title} (${job.name})` : job.title, `${passed}`, `${failed}`, `${skipped}`, `${seconds.toFixed(0)} s`];
  });
  const lines = [['job', 'passed', 'failed', 'skipped', 'time'], ...rows];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  return lines.map((line) => line.map(pad).join('  ')).join('\n');
}

/** What was left out, one line for each reason. */
export function skips({ job, results }) {
  const reasons = results.filter(({ status, detail }) => status === 'skipped' && detail).map(({ detail }) => detail);
  return [...new Set(reasons)].map((reason) => `– ${job.title}: ${reasons.filter((other) => other === reason).length} skipped: ${reason}`);
}

const MAX_LINES = 25;

/** A line of a stack that is not in our code. */
const isForeign = (line) => /^\s+at (.*(node_modules|node:internal)|new Promise \(<anonymous>\))|^Hint: Enable verbose mode/.test(line);

/** Everything that failed, with the reason. */
export function failures({ job, results }) {
  return results
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, detail }) => [
      `✗ ${job.title}: ${name}`,
      ...(detail ?? '').split('\n').filter((line) => line !== '' && !isForeign(line)).slice(0, MAX_LINES).map((line) => `    ${line}`),
    ]);
}
