import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { readReport } from '../report/report.mjs';
import { taskResults } from './turbo-summary.mjs';

/** The results in one file, which must be there, be readable and tell of something. */
function read(file, reader) {
  const name = basename(file);
  if (!existsSync(file)) return [{ name: `the report ${name}`, status: 'failed', detail: 'it was not written: the tests did not run to their end' }];
  try {
    const results = reader(file);
    return results.length > 0 ? results : [{ name: `the report ${name}`, status: 'failed', detail: 'no test ran' }];
  } catch (error) {
    return [{ name: `the report ${name}`, status: 'failed', detail: String(error) }];
  }
}

/**
 * What a step came to: the results its tools recorded, and one failure more when it ended badly without any of them
 * saying so.
 * @param {{ title: string, summary?: boolean }} step
 * @param {number} code how its command ended
 * @param {string[]} files what it wrote
 */
export function collect(step, code, files) {
  const results = files.flatMap((file) => read(file, step.summary ? (name) => taskResults(name) : readReport));
  if (files.length === 0) results.push({ name: step.title, status: 'failed', detail: 'it left no record of what ran' });
  if (code !== 0 && !results.some(({ status }) => status === 'failed')) {
    results.push({ name: step.title, status: 'failed', detail: `it ended with exit code ${code}` });
  }
  return results;
}
