import { expect, it } from 'vitest';
import { run } from '../src/run.js';

const node = (code: string) => run(process.execPath, ['-e', code], { cwd: '.', quietMs: 3000 });

it('gives the exit code of a command and all that it said', async () => {
  expect(await node("console.log('a'); console.error('b'); process.exit(3)")).toEqual({ code: 3, output: 'a\nb\n' });
});

it('leaves a command alone that says something now and then', async () => {
  const { code, output } = await node("let n = 0; const timer = setInterval(() => (console.log(++n), n === 8 && clearInterval(timer)), 400);");
  expect([code, output]).toEqual([0, '1\n2\n3\n4\n5\n6\n7\n8\n']);
});

it('ends a command that says nothing', async () => {
  expect(await node("console.log('a'); setInterval(() => {}, 1000)")).toEqual({ code: 1, output: 'a\n\nended by SIGKILL, for it said nothing for 3 s (NETSTRATA_SILENCE=20 makes that 10 minutes)' });
});

it('says why a command does not start', async () => {
  expect(await run('no-such-command', [], { cwd: '.' })).toMatchObject({ code: 1, output: expect.stringContaining('ENOENT') as string });
});
