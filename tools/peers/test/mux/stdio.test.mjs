import { createNet } from '@netstrata/net-compat/core';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import { muxSession } from '@netstrata/transport-mux';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sshTo } from '../../src/ssh-commands.mjs';

const front = fileURLToPath(new URL('programs/front.mjs', import.meta.url));

async function textOf(socket) {
  let text = '';
  socket.setEncoding('utf8').on('data', (part) => (text += part));
  await once(socket, 'end');
  return text;
}

const throughSsh = await sshTo([process.execPath, front]);

/** A server behind the stdin and stdout of what runs `front`: docs/guides/behind-nat.md. */
async function serveBehind(child) {
  const session = muxSession(fromNodeDuplex(Duplex.from({ readable: child.stdout, writable: child.stdin })), { side: 'dialler' });
  const server = createNet({ tcp: session }).createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on('error', () => {});
    const text = await textOf(socket);
    if (text === 'reset') socket.resetAndDestroy();
    else socket.end(`${text.length}`);
  });
  server.on('error', () => {});
  server.listen(80);
  const [port] = await once(child.stderr.setEncoding('utf8'), 'data');
  const ask = (text) => net.connect(Number(port), '127.0.0.1').end(text);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => textOf(ask('x'.repeat(100_000 + i)))));
  expect(answers).toEqual(Array.from({ length: 10 }, (_, i) => `${100_000 + i}`));
  expect((await once(ask('reset'), 'error'))[0]).toMatchObject({ code: 'ECONNRESET' });
  session.close();
  expect((await once(child, 'exit'))).toEqual([0, null]);
}

it('a server behind the stdin and stdout of a program: half closing, resets, and the end of it all', () => serveBehind(spawn(process.execPath, [front], { stdio: 'pipe' })));

it('the same through ssh', async ({ skip }) => {
  if (typeof throughSsh === 'string') return skip(throughSsh);
  await serveBehind(throughSsh.spawn());
  throughSsh.stop();
});
