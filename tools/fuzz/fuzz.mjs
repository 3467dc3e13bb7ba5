#!/usr/bin/env node
// `npm run fuzz -- --seconds 600 --seed 1 --runtime <a Node>`
import { runBundled } from '@netstrata/config/bundle';

process.exitCode = await runBundled(new URL('src/cli.ts', import.meta.url));
