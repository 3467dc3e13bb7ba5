import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createGateway } from '../../src/index.js';
import { TokenVerifier, issueToken } from '../../src/tokens/index.js';
import { echo, failure, outcome, talking } from '../support/through.js';
import { contents, pair } from './support.js';

const HOUR = 3_600_000;

/** The runtime's timers, but for what is due in about an hour: that comes when it is called. */
function clock() {
  const due: (() => void)[] = [];
  return {
    due,
    setTimeout(task: () => void, milliseconds: number): unknown {
      if (milliseconds < HOUR - 600_000 || milliseconds > HOUR) return setTimeout(task, milliseconds);
      due.push(task);
      return null;
    },
    clearTimeout: (timer: unknown) => { clearTimeout(timer as NodeJS.Timeout); },
  };
}

it('a carrier whose token expires is cut, and the token opens no other', async () => {
  const port = await echo();
  const { own, others } = await pair();
  const token = await issueToken(own, { ...contents, expires: HOUR / 1000 });
  let now = Date.now();
  const verifier = new TokenVerifier({ keys: others, now: () => now });
  const server = createServer();
  const time = clock();
  const gateway = createGateway({ server, token: (given) => verifier.verify(given), allow: ['127.0.0.1'], limits: { farewell: 1 }, clock: time });
  onTestFinished(() => { gateway.close(); server.close(); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const socket = await talking(url, port, { token });
  expect(time.due).toHaveLength(1);
  const gone = outcome(socket);
  now += HOUR;
  time.due[0]();
  expect(await gone).toBe('ECONNRESET');
  expect(await failure(url, port, { token })).toMatch(/^E/);
});
