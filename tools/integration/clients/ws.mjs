import { once } from 'node:events';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { WebSocket, WebSocketServer, createWebSocketStream } from 'ws';
import { portOfNobody, serve } from '../src/client/server.mjs';
import { bytes, failure, sha256, step, told } from '../src/client/step.mjs';

const DEFLATE = { threshold: 100 };

/** What the server does with a socket, by the requested path. */
const ROUTES = {
  '/echo': (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  '/stream': (socket) => {
    const stream = createWebSocketStream(socket);
    pipeline(stream, stream).catch(() => {});
  },
  '/tell': (socket) => socket.on('message', (data, isBinary) => socket.send(JSON.stringify({ isBinary, length: data.length, hash: sha256(data) }))),
  '/flood': (socket) => {
    for (let n = 0; n < 2_000; n += 1) socket.send(`${n} ${'x'.repeat(10_000)}`);
    socket.close(1000, 'enough');
  },
  '/drop': (socket) => socket.terminate(),
  '/close': (socket) => socket.on('message', () => socket.close(4001, 'on purpose')),
  '/chat': (socket, chat) => socket.on('message', (data) => chat.clients.forEach((one) => one.send(`${data}`))),
};

/** A WebSocket server on an HTTP server that gets its sockets from a net server. */
async function serveWs(path) {
  const server = http.createServer((req, res) => res.writeHead(426).end('only WebSocket'));
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: DEFLATE, maxPayload: 64_000_000 });
  server.on('upgrade', (req, socket, head) => {
    if (!(req.url in ROUTES)) socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
    else webSockets.handleUpgrade(req, socket, head, (one) => ROUTES[req.url](one, webSockets));
  });
  return serve((socket) => server.emit('connection', socket), path);
}

const tcp = await serveWs();
const unix = await serveWs('ws');

const open = (path, options) => new WebSocket(`ws://127.0.0.1:${tcp.port}${path}`, { perMessageDeflate: DEFLATE, ...options });
const overUnix = (path) => new WebSocket(`ws+unix:${unix.path}:${path}`, { perMessageDeflate: false });

/** Opens a socket, sends messages, and returns what came until it closed. */
async function talk(socket, ...said) {
  const heard = [];
  socket.on('message', (data, isBinary) => {
    heard.push(isBinary ? sha256(data) : `${data}`);
    if (heard.length === said.length) socket.close(1000, 'bye');
  });
  socket.on('error', (error) => heard.push(told(error)));
  socket.on('open', () => {
    for (const one of said) socket.send(one);
  });
  const [code, reason] = await new Promise((resolve) => socket.on('close', (...args) => resolve(args)));
  return { heard, code, reason: `${reason}` };
}

const said = ['text', 'é€😀'.repeat(10_000), Buffer.alloc(0), bytes(125), bytes(126), bytes(65_535), bytes(65_536), bytes(3_000_000)];

for (const [name, socket] of Object.entries({ TCP: () => open('/echo'), 'TCP without compression': () => open('/echo', { perMessageDeflate: false }), 'a UNIX socket': () => overUnix('/echo') })) {
  await step(`messages of all sizes over ${name}`, () => talk(socket(), ...said));
}

await step('a message of 32 MB', () => talk(open('/tell', { perMessageDeflate: false }), bytes(32_000_000)));

await step('a message in many fragments, with pings between them', async () => {
  const socket = open('/tell');
  await once(socket, 'open');
  const data = bytes(1_000_000);
  let pongs = 0;
  socket.on('pong', () => (pongs += 1));
  for (let from = 0; from < data.length; from += 10_000) {
    socket.send(data.subarray(from, from + 10_000), { binary: true, fin: from + 10_000 >= data.length });
    socket.ping();
  }
  const [answer] = await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
  return { answer: `${answer}`, hash: sha256(data), pongs };
});

await step('a thousand small messages in one tick', async () => {
  const { heard, code } = await talk(open('/echo'), ...Array.from({ length: 1_000 }, (_, n) => `${n}`));
  return { heard, code };
});

await step('a reader that pauses holds the sender back, and gets all of it', async () => {
  const socket = overUnix('/flood');
  let count = 0;
  let length = 0;
  socket.on('message', (data) => {
    count += 1;
    length += data.length;
    if (count % 100 !== 0) return;
    socket.pause();
    setImmediate(() => socket.resume());
  });
  const [code, reason] = await once(socket, 'close');
  return { count, length, code, reason: `${reason}` };
});

await step('a sender hears when its data has left', async () => {
  const socket = open('/tell', { perMessageDeflate: false });
  await once(socket, 'open');
  const server = [...tcp.sockets].at(-1);
  server.pause();
  const sent = new Promise((resolve) => void socket.send(bytes(16_000_000), resolve));
  const buffered = socket.bufferedAmount > 1_000_000;
  server.resume();
  const error = await sent;
  const after = socket.bufferedAmount;
  const [answer] = await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
  return { buffered, error: error ?? null, after, answer: `${answer}` };
});

await step('as a stream, there and back', async () => {
  const stream = createWebSocketStream(open('/stream'));
  const data = bytes(4_000_000);
  for (let from = 0; from < data.length; from += 50_000) stream.write(data.subarray(from, from + 50_000));
  const chunks = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length === data.length) stream.end();
  }
  return sha256(...chunks) === sha256(data);
});

await step('many talk to all', async () => {
  const sockets = Array.from({ length: 20 }, () => open('/chat'));
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const heard = sockets.map(() => []);
  const all = Promise.all(
    sockets.map((socket, index) => new Promise((resolve) => socket.on('message', (data) => heard[index].push(`${data}`) === sockets.length && resolve()))),
  );
  sockets.forEach((socket, index) => socket.send(`from ${index}`));
  await all;
  for (const socket of sockets) socket.close();
  await Promise.all(sockets.map((socket) => once(socket, 'close')));
  return heard.map((one) => one.sort());
});

await step('how connections end', async () => {
  const closing = open('/close');
  closing.on('open', () => closing.send('close, please'));
  const [code, reason] = await once(closing, 'close');
  const dropped = await talk(open('/drop'));
  const terminated = open('/echo');
  await once(terminated, 'open');
  terminated.terminate();
  const [abnormal] = await once(terminated, 'close');
  return { code, reason: `${reason}`, dropped, abnormal };
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  const silent = await serve((socket) => socket.resume());
  const rude = await serve((socket) => socket.once('data', () => socket.destroy()));
  const opened = (url, options) => failure(once(new WebSocket(url, options), 'open'));
  const outcome = {
    path: await opened(`ws://127.0.0.1:${tcp.port}/nowhere`),
    port: await opened(`ws://127.0.0.1:${nobody}/`),
    file: (await opened(`ws+unix:${unix.path}-nowhere:/`)).code,
    silent: await opened(`ws://127.0.0.1:${silent.port}/`, { handshakeTimeout: 200 }),
    rude: await opened(`ws://127.0.0.1:${rude.port}/`),
  };
  await silent.close();
  await rude.close();
  return outcome;
});

await Promise.all([tcp.close(), unix.close()]);
