import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../fixtures/hardened.mjs', import.meta.url));

async function run(when: string, flags: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', ...flags, program, when]);
  return JSON.parse(stdout);
}

const plain = run('flags', []);

const ways: readonly (readonly [title: string, when: string, ...flags: string[]])[] = [
  ['the builtins were frozen before', 'before'],
  ['the builtins are frozen later', 'after'],
  ...['--frozen-intrinsics', '--disallow-code-generation-from-strings', '--disable-proto=delete', '--disable-proto=throw'].map((flag) => [`Node runs with ${flag}`, 'flags', flag] as const),
];

for (const [title, when, ...flags] of ways) {
  it(`connections, ends and errors are the same where ${title}`, async () => {
    expect(await plain).toHaveLength(13);
    expect(await run(when, flags)).toEqual(await plain);
  });
}
