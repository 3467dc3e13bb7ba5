// The scenarios of conformance, bundled by packages/net-compat/scenarios/tsup.config.ts: all files, on the side that the environment names.
import { appendFileSync, readdirSync } from 'node:fs';
import { runner } from './runner.mjs';

const folder = new URL('../conformance/scenarios/', import.meta.url);
let loaded;

// The first test, which the others wait for: --test-force-exit ends the process once all known tests have run.
runner.it('every scenario loads', () => new Promise((resolve) => {
  loaded = resolve;
}));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort()) await import(new URL(file, folder).href);

// --test-force-exit ends the process before the reporter gets this result, so it is written here.
runner.it('every scenario has run', () => appendFileSync(process.env.NETSTRATA_RESULTS, `${JSON.stringify({ done: true })}\n`));
loaded();
