import { readFileSync } from 'node:fs';
import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import * as core from '../src/core.js';
import net from '../src/index.js';

/** The packages and builtins that a file imports, with all files that it stands on. Types do not count. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  seen.add(file);
  for (const [, specifier] of readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8').matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)';/gm)) {
    const relative = /^\.\/(.*)\.js$/.exec(specifier)?.[1];
    if (relative === undefined) found.add(specifier);
    else if (!seen.has(`${relative}.ts`)) for (const inner of importsOf(`${relative}.ts`, seen)) found.add(inner);
  }
  return found;
}

it('core stands on no transport, and on nothing of Node but what a bundle has', () => {
  const imports = [...importsOf('core.ts')];
  expect(imports.filter((name) => /transport-|handles|^node:/.test(name))).toEqual([]);
  expect(imports).toContain('@netstrata/stream-core');
});

it('the main entry has the default transports, and everything of core', () => {
  const imports = [...importsOf('index.ts')];
  expect(imports).toContain('@netstrata/transport-tcp');
  expect(imports).toContain('@netstrata/transport-ipc');
  expect(net).toMatchObject({ Socket: core.Socket, Server: core.Server });
});

it('the main entry has everything that node:net has', () => {
  // Not documented, or newer than what this package offers: see README.md.
  const without = ['BoundSocket', '_TransferredBoundSocket', '_createServerHandle', '_setSimultaneousAccepts', 'default', 'module.exports'];
  expect(Object.keys(builtin).filter((name) => !(name in net) && !without.includes(name))).toEqual([]);
});
