import { strictEqual } from 'node:assert';
import { once } from 'node:events';
import * as net from '@netstrata/net-compat';
import { runner } from './runner.mjs';

const { describe, it } = runner;

/** Sends a text of some length to an echo server and returns what came back. */
async function echo(length) {
  const server = net.createServer((socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect(server.address().port, '127.0.0.1');
  const chunks = [];
  socket.setEncoding('latin1').on('data', (chunk) => chunks.push(chunk));
  const text = 'netstrata '.repeat(length / 10);
  socket.end(text);
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
  strictEqual(chunks.join(''), text);
}

describe('net-compat', () => {
  it('echoes a few bytes', () => echo(10));
  it('echoes a megabyte', () => echo(1_000_000));
  it('reports a refused connection as ECONNREFUSED', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    const [error] = await once(net.connect(port, '127.0.0.1'), 'error').catch((reason) => [reason]);
    strictEqual(error.code, 'ECONNREFUSED');
  });
});
