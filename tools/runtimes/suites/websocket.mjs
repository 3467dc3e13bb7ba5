import { createServer } from 'node:http';
import { compliance } from '@netstrata/transport/compliance';
import { dial, webSocket } from '@netstrata/transport-websocket';
import { accept } from '@netstrata/transport-websocket/server';
import { runner } from './runner.mjs';

const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' });
const urlOf = ({ address, port }) => `ws://${address}:${port}/`;
const capabilities = {
  halfClose: false, reset: true, listen: true,
  bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
};

/** Each listener is an http.Server of its own, which accepts WebSockets. */
const listening = {
  name: 'WebSocket',
  capabilities,
  connect: (endpoint, sink) => dial(urlOf(endpoint), sink),
  listen({ address, port }, acceptor) {
    const server = createServer((_request, response) => void response.writeHead(404, { connection: 'close' }).end());
    const listener = accept(server, acceptor);
    server.listen(port, address);
    return {
      get local() { return listener.local; },
      close() {
        listener.close();
        server.close();
      },
      ref: () => void server.ref(),
      unref: () => void server.unref(),
    };
  },
};

/** What is dialled is all that is known of where it leads. */
const own = {
  name: 'WebSocket',
  capabilities: { ...capabilities, listen: false },
  connect: (endpoint, sink) => webSocket(urlOf(endpoint), { WebSocket: globalThis.WebSocket }).connect(endpoint, sink),
};

compliance(runner, { name: 'the WebSocket of the runtime', transport: own, listening, listenEndpoint, knowsLocal: false });
