import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

async function run(...args: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL('../fixtures/register/promises.cjs', import.meta.url));
  return (await promisify(execFile)(process.execPath, [file, ...args])).stdout.trim().split('\n');
}

it('under register net.promises is ours where the builtin has it', async () => {
  expect(await run('has')).toEqual(['connect,listen', 'true true true', 'true']);
});

it('and is not there where it has none', async () => {
  expect(await run()).toEqual(['none', 'true']);
});
