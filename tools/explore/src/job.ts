import { readFileSync } from 'node:fs';
import { explore, type ExploreOptions } from './explore.js';
import { showCase, type Case } from './program.js';
import { run } from './run.js';
import { catchingAll } from './uncaught.js';

/** Worlds between two messages. */
const TELLS = 25;

// A process of `explore.mjs`, whose one argument is the task.
const given = JSON.parse(process.argv[2]) as ExploreOptions & { readonly file?: string };

if (given.file !== undefined) {
  const found = JSON.parse(readFileSync(given.file, 'utf8')) as Case;
  const { timeline, violations } = await catchingAll(() => run(found, Number.POSITIVE_INFINITY));
  console.log([showCase(found), '', timeline, '', ...violations.map(({ rule, text }) => `${rule}: ${text}`)].join('\n'));
  process.exit(violations.length === 0 ? 0 : 1);
}

let untold = 0;
const totals = await explore({
  ...given,
  onWorld: () => {
    if (++untold < TELLS) return;
    process.send!({ worlds: untold });
    untold = 0;
  },
  onFailure: (failure) => { console.log(`\n--- ${failure}`); },
});
process.send!({ worlds: untold });
process.send!({ totals: { ...totals, failures: totals.failures.length } }, () => { process.exit(totals.failures.length === 0 ? 0 : 1); });
