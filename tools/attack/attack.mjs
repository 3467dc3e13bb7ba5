#!/usr/bin/env node
// `npm run attack -- --seconds 1800 --seed 1 --runtime <a Node>`: bundles the attack with the sources of the packages, and runs it on any Node,
// with a heap that notices what it should not be asked: see README.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { withBundle } from '@netstrata/config/bundle';

// glibc keeps its checks in a library of their own.
const checks = ['x86_64', 'aarch64'].map((cpu) => `/lib/${cpu}-linux-gnu/libc_malloc_debug.so.0`).find((file) => existsSync(file));

const args = process.argv.slice(2);
const at = args.indexOf('--runtime');
const [, runtime] = at === -1 ? [] : args.splice(at, 2);
process.exitCode = await withBundle(new URL('src/cli.ts', import.meta.url), (file) =>
  spawnSync(runtime ?? process.execPath, ['--enable-source-maps', '--expose-gc', file, ...args], {
    stdio: 'inherit',
    // Ends the process where the heap was damaged, and fills what is freed and what is new.
    env: { ...process.env, MALLOC_CHECK_: '3', MALLOC_PERTURB_: '165', ...(checks && { LD_PRELOAD: checks }) },
  }).status ?? 1);
