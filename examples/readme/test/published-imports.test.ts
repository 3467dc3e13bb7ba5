import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blocks, root } from './support/blocks.js';

const published = readdirSync(join(root, 'packages')).map((name) => `@netstrata/${name}`);

it('what the READMEs of the root and of packages import, somebody who has installed packages has', () => {
  const ofUsers = blocks.filter(({ file }) => file === 'README.md' || file.startsWith('packages/'));
  const imported = ofUsers.flatMap(({ file, line, code }) => [...code.matchAll(/(?:from|import|require\() ?'([^']+)'/g)].map(([, name]) => ({ at: `${file}:${line}`, name })));
  expect(imported.length).toBeGreaterThan(10);
  expect(imported.filter(({ name }) => !/^(?:node:|\.\/)/.test(name) && !published.some((one) => name === one || name.startsWith(`${one}/`)))).toEqual([]);
});
