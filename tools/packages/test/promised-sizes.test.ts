import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import budgets from '../size-budgets.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Each is measured by size-limit in the gate, which fails when it is above its maximum. */
const bundles: Readonly<Record<string, { readonly max: number }>> = budgets.bundles;
const promised = (name: string) => `under ${bundles[name].max / 1000} kB`;

describe('sizes that documents name are those that are measured', () => {
  const rows = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(packages\/.*\| ([^|]+) \|$/gm)];

  it('README.md has a row for each package', () => {
    expect(rows.map(([, name]) => `@netstrata/${name}`).sort()).toEqual(Object.keys(bundles).filter((name) => name.startsWith('@netstrata/')).sort());
  });

  for (const [, name, size] of rows) it(`README.md: ${name}`, () => { expect(size).toBe(promised(`@netstrata/${name}`)); });

  it('and sentences', () => {
    const sentence = /A bundler leaves out[^.]*\./.exec(read('README.md').replaceAll('\n', ' '))![0];
    expect(sentence).toContain(`\`createNet\` with an adapter adds ${promised('createNet with an adapter')}, \`BlockList\` ${promised('BlockList')}, \`isIP\` ${promised("import { isIP } from '@netstrata/ip-utils'")}.`);
    expect(read('packages/net-compat/README.md')).toContain(`\`createNet\` with an adapter is ${promised('createNet with an adapter')},`);
    expect(read('packages/ip-utils/README.md')).toContain(`\`isIP\` alone is ${promised("import { isIP } from '@netstrata/ip-utils'")}.`);
  });
});
