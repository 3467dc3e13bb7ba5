#!/usr/bin/env node
// `npm test`, `npm run demo` and similar commands: works on a machine that has only Node and npm.
import { install } from './gate/install.mjs';

const code = await install();
if (code === 0) await import('./gate/cli.mjs');
else {
  console.error('The install failed.');
  if (process.argv[2] === 'test') console.log('0 passed, 1 failed');
  process.exitCode = code;
}
