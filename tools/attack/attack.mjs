#!/usr/bin/env node
// `npm run attack -- --seconds 1800 --seed 1 --runtime <a Node>`: bundles the attack with the sources of the packages, and runs it on any Node,
// with a heap that notices what it should not be asked: see README.md.
import { spawnSync } from 'node:child_process';
import { withBundle } from '@netstrata/config/bundle';

const args = process.argv.slice(2);
const at = args.indexOf('--runtime');
const [, runtime] = at === -1 ? [] : args.splice(at, 2);
process.exitCode = await withBundle(new URL('src/cli.ts', import.meta.url), (file) =>
  spawnSync(runtime ?? process.execPath, ['--enable-source-maps', '--expose-gc', file, ...args], {
    stdio: 'inherit',
    // glibc: ends the process where the heap was damaged, and fills what is freed and what is new.
    env: { ...process.env, MALLOC_CHECK_: '3', MALLOC_PERTURB_: '165' },
  }).status ?? 1);
