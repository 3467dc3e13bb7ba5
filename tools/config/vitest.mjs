import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** Tests run against the sources of every package: `@netstrata/x/y` is `packages/x/src/y.ts` or `.../y/index.ts`. */
function sources() {
  return readdirSync(packages)
    .filter((name) => existsSync(`${packages}${name}/package.json`))
    .flatMap((name) => {
      const manifest = JSON.parse(readFileSync(`${packages}${name}/package.json`, 'utf8'));
      return Object.keys(manifest.exports ?? {})
        .filter((entry) => !entry.endsWith('.json'))
        .map((entry) => {
          const stem = `${packages}${name}/src/${entry === '.' ? 'index' : entry.slice(2)}`;
          const file = existsSync(`${stem}.ts`) ? `${stem}.ts` : `${stem}/index.ts`;
          return { find: new RegExp(`^${manifest.name}${entry.slice(1)}$`), replacement: file };
        });
    });
}

/**
 * The test preset of every package. `NETSTRATA_REPORTS` names a folder that receives one JSON report a package.
 * @param {import('vitest/node').InlineConfig} [test]
 */
export function suite(test = {}) {
  const reports = process.env.NETSTRATA_REPORTS;
  const name = JSON.parse(readFileSync('package.json', 'utf8')).name.split('/').pop();
  return defineConfig({
    resolve: { alias: sources() },
    test: {
      include: ['test/**/*.test.ts'],
      pool: 'forks',
      testTimeout: 15_000,
      hookTimeout: 15_000,
      reporters: reports ? ['default', ['json', { outputFile: `${reports}/${name}.${process.env.NETSTRATA_LABEL ?? 'default'}.json` }]] : ['default'],
      ...test,
    },
  });
}
