#!/usr/bin/env node
// `npm test`, `npm run demo`, `npm run conformance` and `npm run create-package`: works on a machine that has Node and npm and nothing else.
// Node builtins only.
import { parseArgs } from 'node:util';
import { conformance } from './gate/conformance.mjs';
import { createPackage } from './gate/create-package.mjs';
import { demo } from './gate/demo.mjs';
import { gate } from './gate/gate.mjs';
import { STEPS } from './gate/steps.mjs';

const usage = `Usage: node tools/run.mjs demo
       node tools/run.mjs conformance
       node tools/run.mjs create-package NAME --description TEXT
       node tools/run.mjs test [--only STEP[,STEP...]]

Steps: ${STEPS.map((step) => step.name).join(', ')}`;

// It reads its arguments itself.
if (process.argv[2] === 'create-package') process.exit(await createPackage(process.argv.slice(3)));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
const [command, ...rest] = positionals;
const only = values.only?.split(',');
const unknown = only?.filter((name) => !STEPS.some((step) => step.name === name)) ?? [];

if (values.help) {
  console.log(usage);
} else if (command === 'demo') {
  process.exitCode = await demo(rest);
} else if (command === 'conformance' && rest.length === 0) {
  process.exitCode = await conformance();
} else if (command === 'test' && unknown.length === 0 && rest.length === 0) {
  process.exitCode = await gate(only);
} else {
  if (unknown.length > 0) console.error(`No such step: ${unknown.join(', ')}`);
  console.error(usage);
  process.exitCode = 2;
}
