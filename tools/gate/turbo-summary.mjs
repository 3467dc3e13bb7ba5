import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './members.mjs';

/** The run summaries that turbo left under a folder. */
export function summaries(from) {
  const folder = join(from, '.turbo/runs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** The end of what a task printed, without the lines in which pnpm repeats the command. */
function tail(from, logFile) {
  const file = logFile && join(from, logFile);
  if (!file || !existsSync(file)) return 'its output is above';
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('> '));
  return lines.slice(-MAX_LINES).join('\n');
}

const MAX_LINES = 20;

/**
 * One result for each task that turbo ran, or answered from its cache: there the result is that of the same task on the
 * same inputs. Tasks without a script and tasks that were not reached are no results.
 */
export function taskResults(file, from = root) {
  const { tasks } = JSON.parse(readFileSync(file, 'utf8'));
  return tasks
    .filter((task) => task.command !== '<NONEXISTENT>' && task.execution)
    .map((task) => {
      const name = `${task.task} ${task.package}`;
      return task.execution.exitCode === 0 ? { name, status: 'passed' } : { name, status: 'failed', detail: tail(from, task.logFile) };
    });
}
