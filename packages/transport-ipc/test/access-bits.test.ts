import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freshPath } from '@netstrata/config/fresh-path';
import { Listening, TRANSPORTS } from './support/listen.js';

const access = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** What node:net makes of the same options. */
async function wanted(readableAll: boolean, writableAll: boolean): Promise<string> {
  const path = freshPath();
  const server = createServer().listen({ path, readableAll, writableAll });
  await once(server, 'listening');
  const bits = access(path);
  server.close();
  await once(server, 'close');
  return bits;
}

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  describe.skipIf(process.platform === 'win32')(`who may use a socket file, ${driver} driver`, () => {
    for (const [readableAll, writableAll] of [[false, false], [true, false], [false, true], [true, true]] as const) {
      it(`readableAll: ${readableAll}, writableAll: ${writableAll}`, async () => {
        const path = freshPath();
        const mask = process.umask(0o077);
        try {
          const own = new Listening(transport, path, { readableAll, writableAll });
          await own.listening;
          expect(access(path)).toBe(await wanted(readableAll, writableAll));
          await own.close();
        } finally {
          process.umask(mask);
        }
      });
    }
  });
}
