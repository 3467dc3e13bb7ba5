import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { Readable, Writable } from 'node:stream';
import tls from 'node:tls';
import { Agent, Client, Pool, fetch, request } from 'undici';
import { certificate, portOfNobody, serve } from '../src/client/server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

/** What the server does with each path. */
const ROUTES = {
  '/hello': (req, res) => res.end(`hello ${req.headers['x-name'] ?? ''}`),
  '/echo': (req, res) => req.pipe(res),
  '/hash': async (req, res) => res.end(sha256(...(await req.toArray()))),
  '/big': (req, res) => Readable.from(pieces()).pipe(res),
  '/headers': (req, res) => res.writeHead(201, 'Made', { 'x-many': Array.from({ length: 100 }, (_, n) => `value ${n}`) }).end(),
  '/never': () => {},
  '/half': (req, res) => res.write('half of it'),
  '/cut': (req, res) => res.writeHead(200, { 'content-length': 100 }).write('ten bytes!', () => res.destroy()),
  '/hang-up': (req) => req.socket.destroy(),
  '/close': (req, res) => res.writeHead(200, { connection: 'close' }).end('bye'),
};

const PIECE = bytes(1_000_000);
function* pieces() {
  for (let n = 0; n < 16; n += 1) yield PIECE;
}

/** An HTTP server that gets its sockets from a net server. */
async function serveHttp(path) {
  const server = http.createServer((req, res) => void ROUTES[req.url](req, res));
  server.on('upgrade', (req, socket, head) => {
    socket.write(`HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: ${req.headers.upgrade}\r\n\r\n`);
    socket.unshift(head);
    socket.pipe(socket);
  });
  server.on('connect', (req, socket) => {
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    socket.pipe(socket);
  });
  let count = 0;
  const listening = await serve((socket) => {
    count += 1;
    server.emit('connection', socket);
  }, path);
  return { ...listening, origin: `http://127.0.0.1:${listening.port}`, connections: () => count };
}

const tcp = await serveHttp();
const unix = await serveHttp('http');
const httpsServer = https.createServer(certificate, (req, res) => void ROUTES[req.url](req, res));
const secure = await serve((socket) => httpsServer.emit('connection', socket));

/** Runs `work` with a new client. */
async function using(client, work) {
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const get = (path, more) => ({ method: 'GET', path, ...more });
const text = async (response) => (await response).body.text();

await step('requests one after another over one connection', () =>
  using(new Client(tcp.origin), async (client) => {
    const before = tcp.connections();
    const answers = [];
    for (let n = 0; n < 50; n += 1) answers.push(await text(client.request(get('/hello', { headers: { 'x-name': `${n}` } }))));
    return { answers, connections: tcp.connections() - before };
  }),
);

await step('requests in a pipeline', () =>
  using(new Client(tcp.origin, { pipelining: 20 }), async (client) => {
    const before = tcp.connections();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => text(client.request(get('/hello', { headers: { 'x-name': `${n}` } })))));
    return { answers, connections: tcp.connections() - before };
  }),
);

await step('a pool of connections', () =>
  using(new Pool(tcp.origin, { connections: 5 }), async (pool) => {
    const before = tcp.connections();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => text(pool.request({ method: 'POST', path: '/echo', body: `${n} `.repeat(1_000) }))),
    );
    return { hash: sha256(...answers), connections: tcp.connections() - before };
  }),
);

await step('over a UNIX socket', () =>
  using(new Client('http://localhost', { socketPath: unix.path }), async (client) => {
    const { statusCode, headers, body } = await client.request(get('/headers'));
    await body.dump();
    const big = await client.request(get('/big'));
    return { statusCode, many: headers['x-many'].length, hash: sha256(...(await big.body.toArray())) };
  }),
);

await step('16 MB down, and 16 MB up', () =>
  using(new Client(tcp.origin), async (client) => {
    const down = await client.request(get('/big'));
    const hash = sha256(...(await down.body.toArray()));
    const up = await text(client.request({ method: 'PUT', path: '/hash', body: Readable.from(pieces()) }));
    return { hash, up };
  }),
);

await step('a slow reader gets all of it', () =>
  using(new Client(tcp.origin), async (client) => {
    let length = 0;
    await client.stream({ method: 'GET', path: '/big', opaque: null }, () =>
      new Writable({
        highWaterMark: 1,
        write(chunk, encoding, done) {
          length += chunk.length;
          setImmediate(done);
        },
      }),
    );
    return length;
  }),
);

await step('a body goes up while the answer comes down', () =>
  using(new Client(tcp.origin), async (client) => {
    const echo = client.pipeline({ method: 'POST', path: '/echo' }, ({ body }) => body);
    const answers = Readable.from(pieces()).pipe(echo);
    return sha256(...(await answers.toArray()));
  }),
);

await step('fetch', async () => {
  const dispatcher = new Agent();
  return using(dispatcher, async () => {
    const response = await fetch(`${tcp.origin}/hash`, { method: 'POST', body: Readable.toWeb(Readable.from(pieces())), duplex: 'half', dispatcher });
    const big = await fetch(`${tcp.origin}/big`, { dispatcher });
    return { status: response.status, hash: await response.text(), length: (await big.arrayBuffer()).byteLength };
  });
});

await step('upgrade and CONNECT give the socket away', () =>
  using(new Client(tcp.origin), async (client) => {
    const answers = [];
    for (const open of [() => client.upgrade({ path: '/', protocol: 'echo' }), () => client.connect({ path: '/' })]) {
      const { socket } = await open();
      socket.end('raw bytes');
      answers.push(Buffer.concat(await socket.toArray()).toString());
    }
    return answers;
  }),
);

await step('TLS under a server of net', () =>
  using(new Client(`https://localhost:${secure.port}`, { connect: { ca: certificate.cert } }), async (client) => {
    const big = await client.request(get('/big'));
    return { hash: sha256(...(await big.body.toArray())), up: await text(client.request({ method: 'POST', path: '/hash', body: PIECE })) };
  }),
);

await step('TLS over a socket of net, which counts what goes through it', async () => {
  const raw = net.connect(secure.port, '127.0.0.1');
  const connect = (options, done) => {
    const socket = tls.connect({ socket: raw, ca: certificate.cert, servername: 'localhost' });
    socket.once('secureConnect', () => done(null, socket)).once('error', done);
  };
  return using(new Client(`https://localhost:${secure.port}`, { connect }), async (client) => {
    const big = await client.request(get('/big'));
    const hash = sha256(...(await big.body.toArray()));
    const up = await text(client.request({ method: 'POST', path: '/hash', body: PIECE }));
    return { hash, up, read: raw.bytesRead > 16_000_000, written: raw.bytesWritten > 1_000_000 };
  });
});

await step('a connection that the server closes after each answer', () =>
  using(new Client(tcp.origin), async (client) => {
    const before = tcp.connections();
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await text(client.request(get('/close'))));
    return { answers, connections: tcp.connections() - before };
  }),
);

await step('requests that are given up', () =>
  using(new Client(tcp.origin), async (client) => {
    const seen = [];
    const before = new AbortController();
    const waiting = failure(client.request(get('/never', { signal: before.signal })));
    before.abort();
    seen.push(await waiting);
    const during = new AbortController();
    const { body } = await client.request(get('/big', { signal: during.signal }));
    body.once('data', () => during.abort());
    seen.push(await failure(once(body, 'end')));
    const { body: left } = await client.request(get('/big'));
    left.destroy();
    seen.push(await text(client.request(get('/hello'))));
    return seen;
  }),
);

await step('time-outs', async () => {
  const impatient = new Client(tcp.origin, { headersTimeout: 100 });
  const headers = (await failure(impatient.request(get('/never')))).code;
  await impatient.destroy();
  const client = new Client(tcp.origin, { bodyTimeout: 100 });
  const { body } = await client.request(get('/half'));
  const outcome = { headers, body: (await failure(body.text())).code };
  await client.destroy();
  return outcome;
});

await step('a server that hangs up', async () => {
  const client = new Client(tcp.origin);
  const { body } = await client.request(get('/cut'));
  const seen = [await failure(client.request(get('/hang-up'))), await failure(body.text()), await text(client.request(get('/hello')))];
  await client.close();
  return seen.map((one) => one.code ?? one);
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  return {
    port: await failure(request(`http://127.0.0.1:${nobody}/`)),
    path: (await failure(new Client('http://localhost', { socketPath: `${unix.path}-nowhere` }).request(get('/')))).code,
  };
});

await Promise.all([tcp.close(), unix.close(), secure.close()]);
