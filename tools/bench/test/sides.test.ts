import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { placeOf } from '../../runtimes/binaries.mjs';
import { root } from '../src/paths.mjs';
import { builtin, moduleOf, netstrata } from '../src/sides.mjs';

it.each([['node', '--expose-gc', true], ['bun', 'run', false], ['deno', 'run', false]])('%s is started as such', (name, first, isNode) => {
  const { command, isNode: node } = builtin(`/any/${name}`);
  expect([command.slice(0, 2), node]).toEqual([[`/any/${name}`, first], isNode]);
});

const runtimes = [['node', process.execPath, /\/index\.mjs$/], ['bun', placeOf('bun'), /\/index\.js$/], ['deno', placeOf('deno'), /\/index\.js$/]] as const;

it.each(runtimes.filter(([, runtime]) => existsSync(runtime)))('%s gets the files that are for it', (_name, runtime, file) => {
  const url = moduleOf(netstrata('ours', runtime, root), '@netstrata/net-compat');
  expect(url).toMatch(file);
  expect(existsSync(fileURLToPath(url))).toBe(true);
});
