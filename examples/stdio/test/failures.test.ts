import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { Command, ProcessError } from '../src/index.js';
import { netOf, program } from './support/programs.js';

/** The error that a socket over this command ends with, and whether it was connected and ended before. */
async function failureOf(command: Command, sent = ''): Promise<{ error: ProcessError; events: string[] }> {
  const events: string[] = [];
  const socket = netOf(command).connect('there');
  for (const event of ['connect', 'end']) socket.on(event, () => events.push(event));
  socket.resume();
  if (sent) socket.write(sent);
  const [error] = (await once(socket, 'error')) as [ProcessError];
  return { error, events };
}

it('a program that is not there is a connect that fails with ENOENT', async () => {
  const { error, events } = await failureOf({ file: 'no-such-program' });
  expect(error).toMatchObject({ message: 'connect ENOENT: spawn no-such-program ENOENT there', code: 'ENOENT', errno: -2, syscall: 'connect', address: 'there' });
  expect(error.cause).toMatchObject({ syscall: 'spawn no-such-program' });
  expect(events).toEqual([]);
});

it('a program that gets nowhere is a refusal, which tells what it said', async () => {
  const { error, events } = await failureOf(program("console.error('no route to there'); process.exitCode = 3", 'connected'));
  expect(error).toMatchObject({ message: 'connect ECONNREFUSED: exit code 3, no route to there there', exitCode: 3, signal: null, stderr: 'no route to there' });
  expect(events).toEqual([]);
});

it('a program that ends well without getting there is a refusal too', async () => {
  const { error } = await failureOf(program('', 'connected'));
  expect(error).toMatchObject({ code: 'ECONNREFUSED', exitCode: 0 });
});

it('a program that fails later is a reset, and not an end', async () => {
  const { error, events } = await failureOf(program("console.error('connected'); process.stdin.once('data', () => { console.error('lost it'); process.exit(255) })", 'connected\n'), 'hello');
  expect(error).toMatchObject({ message: 'read ECONNRESET: exit code 255, lost it', syscall: 'read', exitCode: 255, stderr: 'lost it' });
  expect(error).not.toHaveProperty('address');
  expect(events).toEqual(['connect']);
});

it('a program that is killed is a reset', async () => {
  const { error, events } = await failureOf(program("process.kill(process.pid, 'SIGKILL')"));
  expect(error).toMatchObject({ message: 'read ECONNRESET: ended by SIGKILL', exitCode: null, signal: 'SIGKILL' });
  expect(events).toEqual(['connect']);
});

it('a write fails with the reason of the program, where it has one', async () => {
  const { error } = await failureOf(program("process.stdin.on('close', () => process.exit(7)).destroy()"), 'x'.repeat(1_000_000));
  expect(error).toMatchObject({ exitCode: 7 });
});

it('only the end of what a program says is kept', async () => {
  const { error } = await failureOf(program("process.stderr.write('x'.repeat(1e6) + 'the end', () => process.exit(1))", 'connected'));
  expect(error.stderr).toHaveLength(4096);
  expect(error.stderr).toMatch(/x{100}the end$/);
});
