import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** What a program of fixtures/register prints. */
async function run(program: string, how: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const file = fileURLToPath(new URL(`../fixtures/register/${program}.mjs`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...how, file], { cwd, env: { ...process.env, ...variables } });
  return stdout.trim().split('\n');
}

it.each(['http', 'tls', 'http2', 'processes', 'cluster', 'tickets'])('%s does under a policy that allows what it dials what it does on node:net', async (program) => {
  const [builtin, judged] = await Promise.all([
    run(program, []),
    run(program, ['--import', '@netstrata/net-compat/register'], { NETSTRATA_EGRESS: '0.0.0.0/0,::/0,path:*' }),
  ]);
  expect(builtin.length).toBeGreaterThan(5);
  expect(judged).toEqual(builtin);
});
