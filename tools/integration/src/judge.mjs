import { LANES } from './lanes.mjs';

const stepsOf = (run) => run.records.filter(({ title }) => title !== undefined);
const shown = (seen) => JSON.stringify(seen, null, 1);

/** The lines of two texts from the first difference on. */
function difference(theirs, mine) {
  const [a, b] = [shown(theirs).split('\n'), shown(mine).split('\n')];
  const first = a.findIndex((line, index) => line !== b[index]);
  const at = first === -1 ? a.length : first;
  return [`node:net: ${a.slice(at, at + 5).join(' ')}`, `here:     ${b.slice(at, at + 5).join(' ')}`].join('\n');
}

/** Checks that apply to every process. */
function processResults(run, lanes, lane) {
  const end = run.records.find((record) => record.end);
  const wrong = end ? lanes[lane].wrong(end.carried) : ['it did not live to tell'];
  const endedWell = run.end === 'exit code 0';
  return [
    endedWell ? { name: 'ends by itself', status: 'passed' } : { name: 'ends by itself', status: 'failed', detail: `${run.end}\n${run.output.trim().slice(-2000)}` },
    wrong.length === 0 ? { name: 'what carries it', status: 'passed' } : { name: 'what carries it', status: 'failed', detail: wrong.join('\n') },
  ];
}

/** The steps of the control: a failure on the builtin is a broken test, whatever happens elsewhere. */
function controlResults(control) {
  const results = stepsOf(control).map(({ title, error }) => (error === undefined ? { name: title, status: 'passed' } : { name: title, status: 'failed', detail: error }));
  return results.length > 0 ? results : [{ name: 'has steps', status: 'failed', detail: control.output.trim().slice(-2000) }];
}

function comparedResults(control, run) {
  const mine = new Map(stepsOf(run).map((one) => [one.title, one]));
  return stepsOf(control)
    .filter(({ error }) => error === undefined)
    .map(({ title, seen }) => {
      const one = mine.get(title);
      if (one === undefined) return { name: title, status: 'failed', detail: 'it was not reached' };
      if (one.error !== undefined) return { name: title, status: 'failed', detail: one.error };
      if (shown(one.seen) !== shown(seen)) return { name: title, status: 'failed', detail: difference(seen, one.seen) };
      return { name: title, status: 'passed' };
    });
}

/**
 * The results of a client in one lane.
 * @param {string} lane
 * @param {{ records: any[], end: string, output: string }} run
 * @param {{ records: any[], end: string, output: string }} control the same work on the builtin
 * @param {Record<string, { wrong: (carried: any) => string[] }>} lanes
 * @returns {import('@netstrata/report').Result[]}
 */
export function judge(lane, run, control, lanes = LANES) {
  // A process that crashed reports the reason first.
  return [...processResults(run, lanes, lane), ...(lane === 'builtin' ? controlResults(run) : comparedResults(control, run))];
}
