import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closingLine, sum } from '../report/report.mjs';
import { install } from './install.mjs';
import { root } from './members.mjs';
import { collect } from './results.mjs';
import { run } from './spawn.mjs';
import { STEPS } from './steps.mjs';
import { failures, skips, table } from './summary.mjs';
import { summaries } from './turbo-summary.mjs';

const folder = join(root, 'reports');

/** Runs one step and returns its results with what it took. @param {import('./steps.mjs').Step} step */
async function take(step) {
  const started = performance.now();
  const before = step.summary ? summaries(root) : [];
  const code = await run(step.command(), { ...step.env, NETSTRATA_REPORTS: folder });
  const files = step.summary
    ? summaries(root).filter((file) => !before.includes(file)) // what this run added
    : step.reports().map((name) => join(folder, name));
  return { step, results: collect(step, code, files), seconds: (performance.now() - started) / 1000 };
}

/** Whether a package was not built; types and style that are wrong keep nobody from going on. */
function buildFailed(outcomes) {
  return outcomes.some(({ results }) => results.some(({ name, status }) => status === 'failed' && name.startsWith('build ')));
}

/**
 * Runs the steps, all of them whatever happens to one, and prints what came out.
 * @param {string[]} [only] names of steps; all when not given
 * @returns {Promise<number>} the exit code
 */
export async function gate(only) {
  // What is counted below must come from this run.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const outcomes = [];
  const installed = await install();
  if (installed !== 0) {
    console.error('The install failed.');
    console.log(closingLine({ passed: 0, failed: 1, skipped: 0 }));
    return installed;
  }
  const steps = STEPS.filter(({ name }) => !only || only.includes(name));
  for (const [index, step] of steps.entries()) {
    console.log(`\n── ${index + 1}/${steps.length} ${step.title} (--only ${step.name})`);
    if (step.needsBuild && buildFailed(outcomes)) {
      outcomes.push({ step, results: [{ name: step.title, status: 'skipped', detail: 'the build failed' }], seconds: 0 });
    } else {
      outcomes.push(await take(step));
    }
  }
  const results = outcomes.flatMap((outcome) => outcome.results);
  const totals = sum(results);
  const notes = [...outcomes.flatMap(skips), ...outcomes.flatMap(failures)];
  console.log(['', table(outcomes), '', ...notes, ...(notes.length > 0 ? [''] : []), closingLine(totals)].join('\n'));
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}
