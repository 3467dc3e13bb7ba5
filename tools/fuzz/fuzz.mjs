#!/usr/bin/env node
// `npm run fuzz -- --seconds 600 --seed 1 --runtime <a Node>`: bundles the fuzzer with the sources of the packages, and runs it on any Node.
import { spawnSync } from 'node:child_process';
import { withBundle } from '@netstrata/config/bundle';

const args = process.argv.slice(2);
const at = args.indexOf('--runtime');
const [, runtime] = at === -1 ? [] : args.splice(at, 2);
process.exitCode = await withBundle(new URL('src/cli.ts', import.meta.url), (file) =>
  spawnSync(runtime ?? process.execPath, ['--enable-source-maps', file, ...args], { stdio: 'inherit' }).status ?? 1);
