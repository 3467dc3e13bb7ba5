import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { createNet } from '@netstrata/net-compat/core';
import { proxyHeaderOf, proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';

const folder = new URL('../../../../integration/certificate/', import.meta.url);
export const certificate = {
  key: readFileSync(fileURLToPath(new URL('key.pem', folder)), 'utf8'), cert: readFileSync(fileURLToPath(new URL('certificate.pem', folder)), 'utf8'),
};

/** Where a socket says that its ends are, and what header it shows. */
export function seen(socket) {
  const header = proxyHeaderOf(socket);
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`, local: `${socket.localAddress}:${socket.localPort}`,
    version: header?.version, command: header?.command, authority: header?.authority, alpn: header?.alpn,
    uniqueId: header?.uniqueId && Buffer.from(header.uniqueId).toString(), tls: header?.tls?.version, checked: header?.checked,
    peer: header?.peer?.address, source: header?.source?.address,
  };
}

const tell = (socket) => socket.end(JSON.stringify(seen(socket)));
/** Says so when something has come, so that the client's bytes are seen to be there. */
const answer = (socket) => socket.once('data', () => tell(socket)).on('error', () => {});

/** What a server of each kind does with a socket that was accepted, as Node documents it: 'connection' may be emitted with one. */
const KINDS = {
  tcp: () => answer,
  tls() {
    const server = tls.createServer(certificate, answer);
    return (socket) => server.emit('connection', socket);
  },
  http() {
    const server = http.createServer((request, response) => response.end(JSON.stringify(seen(request.socket))));
    return (socket) => server.emit('connection', socket);
  },
  https() {
    const server = https.createServer(certificate, (request, response) => response.end(JSON.stringify(seen(request.socket))));
    return (socket) => server.emit('connection', socket);
  },
};

export const kinds = Object.keys(KINDS);

/** A server of a kind that accepts headers from this host. */
export async function openSite(kind, options = { accept: 'required', trust: ['loopback'] }, serverOptions = {}) {
  const serve = KINDS[kind]();
  const server = createNet({ tcp: proxyProtocol(tcp, options) }).createServer(serverOptions, serve);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What the site behind a port says of a client, and where the client is. */
export async function ask(kind, port, { first = '', over = {} } = {}) {
  const socket = net.connect(port, '127.0.0.1');
  await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
  const client = `${socket.localAddress}:${socket.localPort}`;
  // Together with what comes next.
  socket.cork();
  if (first.length > 0) socket.write(first);
  const stream = kind === 'tls' || kind === 'https' ? tls.connect({ socket, rejectUnauthorized: false, ...over }) : socket;
  stream.write(kind.startsWith('http') ? 'GET / HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n' : 'hello');
  setImmediate(() => setImmediate(() => socket.uncork()));
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return { client, seen: JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) };
}
