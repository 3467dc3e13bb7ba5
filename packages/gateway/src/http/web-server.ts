import { createServer as createHttp, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { TlsFiles } from './tls-files.js';
import { WaitingSockets } from './waiting-sockets.js';

/** Milliseconds until a client has said its headers, and until it has done with TLS. */
const HEADERS_TIMEOUT = 10_000;
/** How late the former may be noticed. */
const CHECKS_EVERY = 1000;
const KEEP_ALIVE = 5000;
/** Bytes of a request's line and headers together: a token takes 8 KiB at the most. */
const HEADERS_SIZE = 16 * 1024;
const MOST_REQUESTS = 100;
/** Connections that are no WebSockets (yet), beyond those that there may be. */
const SPARE = 512;

export interface WebServerOptions {
  readonly answer: RequestListener;
  /** WebSockets that there may be. */
  readonly carriers?: number;
  readonly tls?: TlsFiles | null;
  readonly waiting?: WaitingSockets;
}

const limits: ServerOptions = {
  headersTimeout: HEADERS_TIMEOUT,
  requestTimeout: HEADERS_TIMEOUT,
  connectionsCheckingInterval: CHECKS_EVERY,
  keepAliveTimeout: KEEP_ALIVE,
  maxHeaderSize: HEADERS_SIZE,
};

/** A server of HTTP, or of HTTPS, in which what a client has not said in time ends, and what it says too much. */
export function webServer({ answer, carriers = 0, tls = null, waiting = new WaitingSockets() }: WebServerOptions): Server {
  const server = tls === null
    ? createHttp(limits, answer)
    : tls.for((context) => createHttps({ ...limits, ...context, handshakeTimeout: HEADERS_TIMEOUT, ALPNProtocols: ['http/1.1'] }, answer));
  // Their bytes bound them. Node leaves out those beyond a number, and the last one may be the proxy's.
  server.maxHeadersCount = 0;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  server.maxConnections = carriers + SPARE;
  waiting.watch(server);
  return server;
}
