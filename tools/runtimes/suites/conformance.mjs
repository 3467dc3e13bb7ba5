// The scenarios of conformance, as packages/net-compat/scenarios/tsup.config.ts bundles them: every file of them, on the side that the environment names.
import { appendFileSync, readdirSync } from 'node:fs';
import { runner } from './runner.mjs';

const folder = new URL('../conformance/scenarios/', import.meta.url);
let loaded;

// The first test, which the others wait for: --test-force-exit ends the process once all tests that are known have run.
runner.it('every scenario loads', () => new Promise((resolve) => {
  loaded = resolve;
}));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort()) await import(new URL(file, folder).href);

// It ends it before the reporter is told so.
runner.it('every scenario has run', () => appendFileSync(process.env.NETSTRATA_RESULTS, `${JSON.stringify({ done: true })}\n`));
loaded();
