// The builtin replaced by ours: what is built on it goes on working.
import { strictEqual } from 'node:assert';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { Socket } from '@netstrata/net-compat';
import '@netstrata/net-compat/register';
import { runner } from './runner.mjs';

const { describe, it } = runner;
const net = createRequire(import.meta.url)('net');
const [key, cert] = ['key', 'certificate'].map((name) => readFileSync(new URL(`../certificate/${name}.pem`, import.meta.url)));

/** What a server of that kind answers. */
async function answer(web, options) {
  const server = web.createServer(options, (_request, response) => response.end('an answer')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = web.request({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }).end();
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  server.close();
  return text;
}

describe('register', () => {
  it('makes sockets of the builtin ours', async () => {
    const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = net.connect(server.address().port, '127.0.0.1');
    strictEqual(socket.constructor, Socket);
    socket.end('hello');
    const [text] = await once(socket.setEncoding('utf8'), 'data');
    strictEqual(text, 'hello');
    server.close();
  });
  it('leaves http working', async () => strictEqual(await answer(http, {}), 'an answer'));
  it('leaves https working', async () => strictEqual(await answer(https, { key, cert }), 'an answer'));
});
