import { createServer } from 'node:http';
import { type Acceptor, type Capabilities, type Endpoint, type InetEndpoint, type Listener, type ListenEndpoint, type Transport } from '@netstrata/transport';
import { dial, webSocket, type WebSocketOptions } from '../../src/index.js';
import { accept, type AcceptOptions } from '../../src/server/index.js';

const capabilities: Capabilities = {
  halfClose: false, reset: true, listen: true,
  bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
};

const urlOf = ({ address, port, family }: InetEndpoint, path = '/') => `ws://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`;

/** A transport of both: each listener is a server of its own, and a WebSocket to it is dialled. */
export function overHttp(options: { dial?: WebSocketOptions; accept?: AcceptOptions } = {}): Transport {
  return {
    name: 'WebSocket',
    capabilities,
    connect: (endpoint, sink) => dial(urlOf(endpoint as InetEndpoint), sink, options.dial),
    listen: (endpoint, acceptor) => listenOn(endpoint, acceptor, options.accept),
  };
}

function listenOn(endpoint: ListenEndpoint, acceptor: Acceptor, options?: AcceptOptions): Listener {
  const { address, port } = endpoint as InetEndpoint;
  // Who comes after `close` is answered as any request is.
  const server = createServer((_request, response) => void response.writeHead(404, { connection: 'close' }).end());
  const listener = accept(server, acceptor, options);
  server.listen(port, address);
  return {
    get local(): Endpoint | null {
      return listener.local;
    },
    close: () => {
      listener.close();
      server.close();
    },
    ref: () => void server.ref(),
    unref: () => void server.unref(),
  };
}

/** The same, of which the endpoint that was dialled is all that is known of where it leads. */
export function fromHere(options: WebSocketOptions): Transport {
  return {
    name: 'WebSocket',
    capabilities: { ...capabilities, listen: false },
    connect: (endpoint, sink) => webSocket(urlOf(endpoint as InetEndpoint), options).connect(endpoint, sink),
  };
}
