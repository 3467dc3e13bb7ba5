// One server of WebSockets in a separate process: websocket.mjs SIDE. It sends back what comes. `plain` is `ws` with nothing around it, `accept` that of
// transport-websocket, and `gateway` answers pings of yamux. It answers a line on stdin with the CPU that it has used.
import { createServer } from 'node:http';
import { createGateway } from '@netstrata/gateway';
import { accept } from '@netstrata/transport-websocket/server';
import { WebSocketServer } from 'ws';

const server = createServer();

const sides = {
  plain() {
    const sockets = new WebSocketServer({ server, perMessageDeflate: false });
    sockets.on('connection', (socket) => {
      socket.on('message', (message) => socket.send(message));
    });
  },
  accept() {
    accept(server, {
      onListening() {},
      onConnection(connection) {
        connection.sink = {
          onData: (chunk) => void connection.write(chunk),
          onEnd: () => connection.close(),
          onWriteDone() {}, onShutdownDone() {}, onClose() {},
        };
        connection.readStart();
      },
      onAcceptError() {},
      onClose() {},
    });
  },
  gateway() {
    const limits = { carriers: Infinity, clientCarriers: Infinity };
    createGateway({ server, allow: ['127.0.0.1'], limits });
  },
};

sides[/** @type {keyof typeof sides} */ (process.argv[2])]();

const say = (/** @type {object} */ message) => void process.stdout.write(`${JSON.stringify(message)}\n`);
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  say({ user, all: user + system });
}).on('end', () => process.exit());
server.listen(0, '127.0.0.1', 2048, () => say({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port }));
