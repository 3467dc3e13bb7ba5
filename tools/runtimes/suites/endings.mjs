// However a process ends in the middle of a tick, the writes of that tick have left.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { endings } from './ending.mjs';
import { runner } from './runner.mjs';

const how = process.versions.deno ? ['run', '--quiet', '--allow-all', '--no-lock', '--node-modules-dir=manual'] : [];
const program = fileURLToPath(new URL('./ending.mjs', import.meta.url));

for (const [name, { arrives = 'ABC' }] of Object.entries(endings)) {
  runner.it(`what was written has left: ${name}`, async () => {
    let text = '';
    const server = net.createServer((socket) => void socket.on('error', () => {}).on('data', (data) => { text += data; }));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const child = spawn(process.execPath, [...how, program, name, String(server.address().port)], { stdio: 'ignore' });
    await once(child, 'exit');
    await new Promise((resolve) => server.close(resolve));
    assert.equal(text, arrives);
  });
}
