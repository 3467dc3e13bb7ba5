import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('servers of node:net, tls, http and https under register see the client', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('fixtures/registered.mjs', import.meta.url))]);
  const line = '203.0.113.7:4321 198.51.100.1:443 203.0.113.7';
  expect(stdout.trim().split('\n')).toEqual(['tcp', 'tls', 'http', 'https'].map((kind) => `${kind} ${line}`));
});
