import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { bundlers, missing, run, type Job } from './bundlers.js';
import { program } from './run.js';

// It depends on all others, so they are all there.
const folder = join(inject('consumers'), 'simulation');
const programs = { node: 'tcp.mjs', browser: 'memory.mjs' } as const;
const lines = { node: 'an echo over TCP, IPv4\n', browser: 'an echo without a system\n' };

/** With NETSTRATA_QUICK=1, the most used bundlers and platforms. */
const some = (name: string, target: string) => process.env.NETSTRATA_QUICK !== '1' || (['esbuild', 'rollup'].includes(name) && target === 'node');

beforeAll(() => {
  for (const name of Object.values(programs)) copyFileSync(program(name), join(folder, name));
});

const all = Object.keys(bundlers).flatMap((name) =>
  (['node', 'browser'] as const).flatMap((target) => (['esm', 'cjs'] as const).map((format) => [name, target, format] as const)),
);

it.for(all)('%s makes a program for %s, as %s, that runs', async ([name, target, format], { skip }) => {
  const reason = some(name, target) ? missing(name) : 'npm run test:all does it';
  if (reason !== undefined) skip(reason);
  // Where nothing is installed: what is not in the bundle is not found.
  const outfile = join(folder, `../bundles/${name}-${target}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  const job: Job = { folder, source: join(folder, programs[target]), target, format, outfile };
  await bundlers[name](job);
  expect(await run(job)).toBe(lines[target]);
});
