#!/usr/bin/env node
// `npm test`, `npm run demo` and `npm run conformance`: works on a machine that has Node and npm and nothing else. Node builtins only.
import { parseArgs } from 'node:util';
import { conformance } from './gate/conformance.mjs';
import { demo } from './gate/demo.mjs';
import { gate } from './gate/gate.mjs';
import { STEPS } from './gate/steps.mjs';

const usage = `Usage: node tools/run.mjs demo
       node tools/run.mjs conformance
       node tools/run.mjs test [--only STEP[,STEP...]]

Steps: ${STEPS.map((step) => step.name).join(', ')}`;

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
