// Deno may dial and listen, and nothing else: variables that cannot be read are not set.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runner } from './runner.mjs';

const args = ['run', '--quiet', '--no-prompt', '--allow-net', '--no-lock', '--node-modules-dir=manual'];
const program = fileURLToPath(new URL('./hello.mjs', import.meta.url));

runner.it('connections, and register, need the permission for the network alone', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [...args, program]);
  assert.equal(stdout, 'hello\n');
});
