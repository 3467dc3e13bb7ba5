import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../src/files.js';
import { addressOf, given, manifestOf as manifestIn } from '../../release/src/metadata/address.js';
import { manifestOf } from '../src/manifest.js';
import { request } from './support/request.js';
import { root } from './support/stage.js';

const files = filesOf(root, request);
const own = (path: string) => files[join('packages/transport-semaphore', path)];
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('a package.json', () => {
  it('is as that of a neighbour, but for what a package says of itself', () => {
    const neighbour = JSON.parse(read('packages/transport-tcp/package.json')) as Record<string, unknown>;
    const expected = {
      ...neighbour,
      name: '@netstrata/transport-semaphore',
      version: '0.0.0',
      ...addressOf('packages/transport-semaphore', given(manifestIn('.'))),
      description: request.description,
      keywords: ['netstrata', 'transport', 'semaphore'],
      dependencies: { '@netstrata/stream-core': 'workspace:^', '@netstrata/transport': 'workspace:^' },
    };
    expect(own('package.json')).toBe(`${JSON.stringify(expected, null, 2)}\n`);
  });

  it('is not made of a template with a placeholder that nobody knows', () => {
    expect(() => manifestOf(request, { funding: '<money>' })).toThrow('nobody knows what to put for <money> in funding');
  });
});

describe('the files', () => {
  it('carry the new names, and none of the skeleton', () => {
    expect(Object.keys(files)).toContain(join('packages/transport-semaphore', 'src/semaphore.ts'));
    expect(own('src/index.ts')).toMatch(/ \*\/\nexport \{ semaphore \} from '\.\/semaphore\.js';\n$/);
    expect(JSON.stringify(files)).not.toMatch(/pigeon/i);
  });

  it.each(['tsconfig.json', 'tsup.config.ts', 'vitest.config.ts', 'LICENSE'])('have the same %s as a neighbour', (name) => {
    expect(own(name)).toBe(read(`packages/transport-tcp/${name}`));
  });

  it('have the configuration of TypeScript for what the package depends on', () => {
    const references = (...paths: string[]) => paths.map((path) => ({ path }));
    expect(JSON.parse(own('tsconfig.build.json'))).toEqual({ ...JSON.parse(read('packages/transport-tcp/tsconfig.build.json')), references: references('../stream-core/tsconfig.build.json', '../transport/tsconfig.build.json') });
  });

  it('have the lists of all packages with this one where it belongs, and else as they were', () => {
    const added = (path: string) => {
      const lines = read(path).split('\n');
      return files[path].split('\n').filter((line) => lines.indexOf(line) < 0);
    };
    expect(added('tsconfig.json').map((line) => line.trim())).toEqual(['"path": "packages/transport-semaphore"']);
    expect(added('turbo.json').map((line) => line.trim())).toEqual(['"@netstrata/transport-semaphore#build",']);
    expect(added('examples/readme/package.json').map((line) => line.trim())).toEqual(['"@netstrata/transport-semaphore": "workspace:*",']);
  });

  it('have the description, to the letter', () => {
    expect(own('README.md')).toContain(`\n${request.description}.\n`);
    expect(files['.changeset/first-transport-semaphore.md']).toBe(`---\n"@netstrata/transport-semaphore": minor\n---\n\nFirst release. ${request.description}.\n`);
  });
});
