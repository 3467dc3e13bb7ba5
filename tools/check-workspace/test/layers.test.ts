import { describe, expect, it } from 'vitest';
import { entryGraphChecks } from '../src/entry-graph.js';
import { layerChecks, readLayers, type Layers } from '../src/layers.js';
import { manifest, problems, workspace } from './fixture.js';

const layers: Layers = {
  layers: [
    { name: 'bottom', packages: ['base', 'twin'], outside: [] },
    { name: 'middle', packages: ['mid-*'], outside: [] },
    { name: 'top', packages: ['top'], outside: ['*'] },
  ],
  outside: { twin: ['events'] },
  entries: { '@netstrata/top': { never: ['@netstrata/twin'], outside: ['events'] } },
};

const ground = {
  'packages/base/package.json': manifest('base', {}, ['index', 'extra']),
  'packages/base/src/index.ts': 'export const base = 1;',
  'packages/base/src/extra.ts': 'export const extra = 1;',
  'packages/twin/package.json': manifest('twin'),
  'packages/twin/src/index.ts': "import { EventEmitter } from 'events';\nexport class Twin extends EventEmitter {}",
  'packages/mid-one/package.json': manifest('mid-one'),
  'packages/mid-one/src/index.ts': "export { extra } from '@netstrata/base/extra';",
  'packages/top/package.json': manifest('top'),
  'packages/top/src/index.ts': "import net from 'node:net';\nimport '@netstrata/mid-one';\nexport default net;",
};

const check = (more: Record<string, string>) => problems(layerChecks(workspace({ ...ground, ...more }), layers));

describe('imports', () => {
  it('may point down, and at the top anywhere outside', async () => {
    expect(await check({})).toEqual({});
  });

  it.each([
    ['up', "import '@netstrata/mid-one';", '@netstrata/mid-one: middle is not below bottom'],
    ['to the side', "import type { Twin } from '@netstrata/twin';", '@netstrata/twin: bottom is not below bottom'],
    ['to a builtin at the bottom', "import 'node:net';", 'names node:net: base may use nothing from outside'],
    ['to a builtin without its prefix', "const net = require('net');", 'names net'],
    ['to another package from outside', "export type A = import('left-pad').A;", 'names left-pad'],
    ['by looking a builtin up', "process.getBuiltinModule('net');", 'names net'],
    ['to what is computed', 'const name = String(1);\nawait import(name);', ':2 imports a module whose name is computed'],
    ['to itself by name', "import '@netstrata/base/extra';", 'imports its own package by name'],
  ])('must not point %s', async (_, code, problem) => {
    const found = await check({ 'packages/base/src/other.ts': code });
    expect(found['layers: base']?.join()).toContain(problem);
    expect(Object.keys(found)).toEqual(['layers: base']);
  });

  it('name public entries only', async () => {
    const found = await check({ 'packages/top/src/index.ts': "import '@netstrata/base/src/extra.js';" });
    expect(found).toEqual({ 'layers: top': ['packages/top/src/index.ts:1 imports @netstrata/base/src/extra.js, which is no public entry'] });
  });

  it('are not taken from comments and strings', async () => {
    expect(await check({ 'packages/base/src/other.ts': '// import "node:net"\nexport const text = `import "node:net"`;' })).toEqual({});
  });
});

describe('a package', () => {
  it('stands in a layer', async () => {
    const found = await check({ 'packages/stray/package.json': JSON.stringify(manifest('stray')), 'packages/stray/src/index.ts': '' });
    expect(found).toEqual({ 'layers: stray': ['stray stands in no layer of layers.json'] });
  });

  it('has sources', async () => {
    const found = await check({ 'packages/mid-two/package.json': JSON.stringify(manifest('mid-two')) });
    expect(found).toEqual({ 'layers: mid-two': ['packages/mid-two/src has no files'] });
  });
});

describe('the import graph of an entry', () => {
  const graph = (more: Record<string, string>) => problems(entryGraphChecks(workspace({ ...ground, 'packages/top/src/index.ts': "import '@netstrata/mid-one';", ...more }), layers));

  it('is followed through files and packages', async () => {
    expect(await graph({})).toEqual({});
    const found = await graph({
      'packages/mid-one/src/index.ts': "export * from './deep/one.js';",
      'packages/mid-one/src/deep/one.ts': "import '@netstrata/twin';",
    });
    expect(found['import graph: @netstrata/top']).toEqual(['@netstrata/twin is reached: @netstrata/top -> @netstrata/mid-one -> ./deep/one.js -> @netstrata/twin']);
  });

  it('has no builtins but those it may use', async () => {
    const found = await graph({ 'packages/mid-one/src/index.ts': "import 'node:os';\nimport 'events';" });
    expect(found['import graph: @netstrata/top']).toEqual(['node:os is reached: @netstrata/top -> @netstrata/mid-one -> node:os']);
  });

  it('starts at a file that exists', async () => {
    const none: Layers = { ...layers, entries: { '@netstrata/top/core': { never: [], outside: [] } } };
    expect(await problems(entryGraphChecks(workspace(ground), none))).toEqual({ 'import graph: @netstrata/top/core': ['@netstrata/top/core has no source file'] });
  });
});

describe('layers.json', () => {
  it('has every layer of the design, and keeps the bottom free of builtins', () => {
    const real = readLayers(new URL('../layers.json', import.meta.url));
    expect(real.layers.flatMap(({ packages }) => packages)).toEqual(['ip-utils', 'stream-core', 'transport', 'handles', 'transport-*', 'net-compat', 'simulation']);
    expect(real.layers.filter(({ outside }) => outside.length === 0).flatMap(({ packages }) => packages)).toEqual(['ip-utils', 'stream-core', 'transport']);
  });
});
