import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const file = fileURLToPath(new URL('../fixtures/register/tool-before.cjs', import.meta.url));
const cwd = fileURLToPath(new URL('../..', import.meta.url));

const ALLOWED = ['an address', 'a name', 'the second address', 'the other family', 'in a race'].map((title) => `${title} - secure 1`);
const DENIED = [
  'denied - ERR_ADDRESS_DENIED 0', 'a name that is denied - ERR_ADDRESS_DENIED 0', 'a name that is denied first - secure 1',
];

async function run(tool: string, told: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, tool, told], { cwd });
  return stdout.trim().split('\n');
}

it.each(['none', 'marked', 'unmarked'])('under a policy TLS is judged, and tries all addresses of a name, with a tool before connect: %s', async (tool) => {
  expect(await run(tool, 'policy')).toEqual([...ALLOWED, ...DENIED, 'fetch - hello']);
});

it.each(['route', 'route by address'])('with a %s for other places TLS tries all addresses of a name', async (told) => {
  expect(await run('none', told)).toEqual([...ALLOWED, 'fetch - hello']);
});
