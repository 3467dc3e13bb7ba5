import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get } from '../../src/client/get.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);
const Mitm = await loading(() => require('mitm'));
const net = require('net');

async function within(work) {
  const mitm = Mitm();
  try {
    return await work(mitm);
  } finally {
    mitm.disable();
  }
}

await step('a connection of net is intercepted, both ways', () =>
  within(async (mitm) => {
    const heard = [];
    mitm.on('connection', (socket, { host, port }) => {
      heard.push([host, port]);
      socket.setEncoding('utf8').on('data', (text) => heard.push(text));
      socket.write('Hello back!');
    });
    const socket = net.connect(22, 'example.org');
    socket.setEncoding('utf8').write('Hello!');
    const [text] = await once(socket, 'data');
    heard.push(text);
    const ended = once(socket, 'close');
    socket.destroy();
    await ended;
    return heard;
  }),
);

await step('its events and its end', () =>
  within(async (mitm) => {
    const heard = [];
    mitm.on('connection', (socket) => socket.on('data', (data) => socket.end(`${data}, and bye`)));
    const socket = net.connect({ host: 'example.org', port: 22 }, () => heard.push('called back'));
    for (const event of ['connect', 'end', 'finish', 'close']) socket.on(event, () => heard.push(event));
    socket.setEncoding('utf8').on('data', (text) => heard.push(text));
    await once(socket, 'connect');
    socket.write('Hello!');
    await once(socket, 'close');
    return heard;
  }),
);

await step('a request of http', () =>
  within((mitm) => {
    mitm.on('request', (request, response) => {
      response.statusCode = 402;
      response.setHeader('x-from', 'mitm');
      response.end(`Pay up, sugar! ${request.method} ${request.url} ${request.headers.authorization}`);
    });
    return get('http://example.org/foo', { headers: { authorization: 'OAuth DEADBEEF' } });
  }),
);

await step('a request with a body', () =>
  within((mitm) => {
    mitm.on('request', async (request, response) => response.end((await request.toArray()).join('')));
    return get('http://example.org/', { method: 'POST', body: 'a body' });
  }),
);

await step('a connection that is let through', () =>
  within(async (mitm) => {
    mitm.on('connect', (socket) => socket.bypass());
    return echoed(net, 'past it');
  }),
);

await step('sockets besides', async () => echoed(await besides(), 'hello'));

await step('and without it all is as before', async () => {
  const server = http.createServer((request, response) => response.end('after')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await get(`http://127.0.0.1:${server.address().port}/`);
  server.close().closeAllConnections();
  await once(server, 'close');
  return answer;
});
