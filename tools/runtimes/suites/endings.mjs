// However a process ends in the middle of a tick, what was written in it has left. The children are this very file.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import ours from '@netstrata/net-compat';
import net from 'node:net';

const throws = () => {
  throw new Error('by a listener');
};

/** What each does before it connects, and what it does behind the writes; and what is to arrive. */
const endings = {
  'exit': { then: () => process.exit() },
  'exit with a listener before ours that throws': { before: () => process.on('exit', throws), then: () => process.exit() },
  'exit with a listener put before ours in the tick that throws': { then: () => { process.prependListener('exit', throws); process.exit(); } },
  'exit without listeners': { then: () => { process.removeAllListeners(); process.exit(); } },
  'exit without its own listeners': { then: () => { process.removeAllListeners('exit'); process.exit(); } },
  'an exception': { then: throws },
  'an exception that is survived': { before: () => process.on('uncaughtException', () => setImmediate(() => process.exit())), then: throws },
  'an exception of which a listener ends the process': { before: () => process.on('uncaughtException', () => process.exit()), then: throws },
  'writes in exit': { before: (write) => process.on('exit', () => { write('D'); write('E'); }), then: () => process.exit(), arrives: 'ABCDE' },
};

const [, , what, port] = process.argv;
if (what in endings) {
  const { before, then } = endings[what];
  before?.((text) => socket.write(text));
  const socket = ours.connect(Number(port), '127.0.0.1', () => {
    setImmediate(() => {
      for (const text of ['A', 'B', 'C']) socket.write(text);
      then();
    });
  });
  socket.on('error', () => {});
} else {
  const { runner } = await import('./runner.mjs');
  const how = process.versions.deno ? ['run', '--quiet', '--allow-all', '--no-lock', '--node-modules-dir=manual'] : [];
  for (const [name, { arrives = 'ABC' }] of Object.entries(endings)) {
    runner.it(`what was written has left: ${name}`, async () => {
      let text = '';
      const server = net.createServer((socket) => void socket.on('error', () => {}).on('data', (data) => { text += data; }));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const child = spawn(process.execPath, [...how, fileURLToPath(import.meta.url), name, String(server.address().port)], { stdio: 'ignore' });
      await once(child, 'exit');
      await new Promise((resolve) => server.close(resolve));
      assert.equal(text, arrives);
    });
  }
}
