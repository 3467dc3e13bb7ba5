import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('a program that answers every require of net with this package has a whole net', async () => {
  const child = fork(fileURLToPath(new URL('../fixtures/in-place-of-net.cjs', import.meta.url)), { execArgv: [] });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  expect(message).toEqual({ text: 'hello', ours: true });
});
