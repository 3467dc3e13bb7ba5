import http from 'node:http';

/** What a request is answered with. Without a body it is sent when the next tick begins, as programs do that set it up first. */
export function get(url, { body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers['x-from'], text }));
    });
    request.on('error', reject).end(body);
  });
}

/** A server that answers with the request's path and body. */
export async function serveHttp() {
  const server = http.createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    response.setHeader('x-from', 'server').end(`${request.url} ${body}`);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  const close = () => new Promise((closed) => server.close(closed).closeAllConnections());
  return { server, port, origin: `http://127.0.0.1:${port}`, close };
}
