import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../process.mjs';

it.each(['pnpm-lock.yaml', 'tools/runtimes/binaries/pnpm-lock.yaml'])('%s has a sha512 of every package, and takes none from elsewhere than the registry', (name) => {
  const resolutions = Object.entries(parse(readFileSync(join(root, name), 'utf8')).packages);
  expect(resolutions.length).toBeGreaterThan(5);
  expect(resolutions.filter(([, { resolution }]) => Object.keys(resolution).join() !== 'integrity' || !/^sha512-[\w+/]{86}==$/.test(resolution.integrity))).toEqual([]);
});
