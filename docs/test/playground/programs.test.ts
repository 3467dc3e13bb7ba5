import { expect, it } from 'vitest';
import { missing, useBrowser } from '../support/page.js';
import { openPlayground, printed, run, show } from './playground.js';

useBrowser();

/** What each example prints; a number of milliseconds differs from run to run. */
const PRINTS: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  echo: [
    'connect ECONNREFUSED 127.0.0.1:81', /^server: connection from port \d+$/, 'ada: HELLO FROM ADA', 'grace: HELLO FROM GRACE',
    'server: a client has ended', 'ada: closed, 14 bytes read', 'grace: closed, 16 bytes read',
  ],
  links: [/^\d+ ms: server: 10\.0\.0\.3 has connected$/, /^\d{3} ms: far: hello is back$/, /^\d+ ms: server: 10\.0\.0\.2 has connected$/, /^\d{3,4} ms: near: hello is back$/],
  promises: ['3 characters', '5 characters', 'onError: rude', 'the rude client is closed', '{ finished: 0, destroyed: 1 }', 'the idle client is closed'],
  policy: [
    'shop: hello from shop', 'database: connect ERR_ADDRESS_DENIED: not allowed by the policy: 10.0.0.5:80',
    'metadata: connect ERR_ADDRESS_DENIED: not allowed by the policy: 169.254.169.254:80',
    '64:ff9b::a00:5: connect ERR_ADDRESS_DENIED: not allowed by the policy: 64:ff9b::a00:5:80',
  ],
};

it.skipIf(missing)('each program prints what it says, and ends by itself', async () => {
  const page = await openPlayground('#example=echo');
  for (const [id, lines] of Object.entries(PRINTS)) {
    await show(page, `example=${id}`);
    expect(await run(page)).toBe('The program is over: nothing more can happen.');
    const text = await printed(page);
    for (const line of lines) expect(text, id).toContainEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  }
});
