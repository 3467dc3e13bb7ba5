import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** Both lead to the same module; `npm test` goes by one of them. */
const WAYS = process.env['NETSTRATA_QUICK'] === '1' ? ['--import'] : ['--import', '--require'];

/** What a program of fixtures/register prints, one thing a line. */
function run(program: string, ...how: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(`../fixtures/register/${program}.mjs`, import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...how, file], { cwd: folder }, (error, out, err) => {
      if (error) reject(new Error(`${out}\n${err}`, { cause: error }));
      else resolve(out.trim().split('\n'));
    });
  });
}

describe('a program does the same with ours in place of node:net', () => {
  it.each(['http', 'tls', 'tls-dial', 'http2', 'processes', 'cluster', 'tickets', 'threads', 'collected'])('%s', async (program) => {
    const [builtin, ...registered] = await Promise.all([run(program), ...WAYS.map((how) => run(program, how, '@netstrata/net-compat/register'))]);
    expect(builtin.length).toBeGreaterThan(5);
    expect(registered).toEqual(WAYS.map(() => builtin));
  });
});

it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host')('what a tool has wrapped before does on ours what it does on node:net', async () => {
  const file = fileURLToPath(new URL('../fixtures/register/wrapped.cjs', import.meta.url));
  const [theirs, ours] = await Promise.all(['node:net', 'ours'].map((which) => promisify(execFile)(process.execPath, [file, which], { cwd: folder })));
  expect(theirs.stdout.split('\n').length).toBeGreaterThan(15);
  expect(ours.stdout).toBe(theirs.stdout);
});

it('register leaves no task behind that a program would meet in async_hooks', async () => {
  const program = `
    const found = [];
    require('node:async_hooks').createHook({ init: (id, type) => { found.push(type); } }).enable();
    require('@netstrata/net-compat/register');
    console.log(found.filter((type) => type === 'TickObject' || type === 'Immediate' || type === 'Timeout').length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program], { cwd: folder });
  expect(stdout).toBe('0\n');
});
