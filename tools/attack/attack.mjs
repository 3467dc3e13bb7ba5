#!/usr/bin/env node
// `npm run attack -- --seconds 1800 --seed 1 --runtime <a Node>`, with a heap that detects invalid accesses; see README.md.
import { existsSync } from 'node:fs';
import { runBundled } from '@netstrata/config/bundle';

// glibc keeps its heap checks in a separate library.
const checks = ['x86_64', 'aarch64'].map((cpu) => `/lib/${cpu}-linux-gnu/libc_malloc_debug.so.0`).find((file) => existsSync(file));

process.exitCode = await runBundled(new URL('src/cli.ts', import.meta.url), {
  flags: ['--expose-gc'],
  // Ends the process where the heap was damaged, and overwrites memory that is freed or newly allocated.
  env: { MALLOC_CHECK_: '3', MALLOC_PERTURB_: '165', ...(checks && { LD_PRELOAD: checks }) },
});
