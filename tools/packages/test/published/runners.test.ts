import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { node, program } from './run.js';

const { resolve } = createRequire(import.meta.url);
// It depends on all others, so they are all there.
const folder = join(inject('consumers'), 'simulation');
/** Of a package that is installed here: consumers run them in their own folder. */
const bin = (name: string, file: string) => join(dirname(resolve(`${name}/package.json`)), file);
const isQuick = process.env.NETSTRATA_QUICK === '1';

beforeAll(() => {
  for (const name of ['echo.test.mjs', 'echo.test.cjs', 'world.test.mjs', 'echo.ts']) copyFileSync(program(name), join(folder, name));
});

it('jest takes the packages, in CommonJS and in ES modules', async () => {
  const config = { rootDir: folder, testMatch: ['**/echo.test.{cjs,mjs}'], moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'], transform: {} };
  const said = await node(folder, ['--experimental-vm-modules', '--no-warnings', bin('jest', 'bin/jest.js'), '--ci', '--runInBand', '--cache=false', `--config=${JSON.stringify(config)}`]);
  expect(said).toMatch(/^Tests: +3 passed, 3 total$/m);
  expect(said).not.toContain('ended by');
});

it.skipIf(isQuick)('vitest takes the packages', async () => {
  const said = await node(folder, [bin('vitest', 'vitest.mjs'), 'run', '--root', folder, '--globals', 'echo.test.mjs', 'world.test.mjs'], { CI: '1', NO_COLOR: '1', VITEST: '' });
  expect(said).toMatch(/^ +Tests +2 passed \(2\)$/m);
  expect(said).not.toContain('ended by');
});

it.skipIf(isQuick)('ts-node takes the packages, and checks their types', async () => {
  const options = { module: 'node16', moduleResolution: 'node16', target: 'es2022', strict: true, types: ['node'], typeRoots: [dirname(dirname(resolve('@types/node/package.json')))] };
  expect(await node(folder, ['-r', resolve('ts-node/register'), 'echo.ts'], { TS_NODE_COMPILER_OPTIONS: JSON.stringify(options), TS_NODE_SKIP_PROJECT: 'true' })).toBe('an echo of ts-node, true\n');
});
