import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const major = Number.parseInt(process.versions.node, 10);

async function run(selection: string): Promise<string[]> {
  const file = fileURLToPath(new URL('../fixtures/register/race.mjs', import.meta.url));
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '--import @netstrata/net-compat/register', NETSTRATA_AUTO_SELECT_FAMILY: selection };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd, env });
  return stdout.trim().split('\n');
}

const expected = (dropped: string): string[] => ['http', 'https'].flatMap((scheme) => [
  `${scheme} /get at 127.0.0.1 ${dropped}`,
  `${scheme} race /get at 127.0.0.1 `,
  // Before Node 22 nothing is told of a TLS socket that is not asked.
  `${scheme} fetch /fetch at 127.0.0.1 ${scheme === 'http' || major >= 22 ? dropped : ''}`,
  `${scheme} limited ETIMEDOUT connect`,
]).concat(['tls 127.0.0.1 http/1.1 127.0.0.2,127.0.0.1']).map((line) => line.trimEnd());

it('a process can be told to let attempts overlap: http, https and fetch then drop none', async () => {
  expect((await run('race')).map((line) => line.trimEnd())).toEqual(expected(''));
});

it('without that a call can, and the others are as Node has them', async () => {
  expect((await run('')).map((line) => line.trimEnd())).toEqual(expected('127.0.0.2'));
});
