import nodeNet from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import { createNetwork } from '@netstrata/transport-memory';

const SIZE = 64;
const nothing = { onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {}, onAcceptError() {}, onListening() {} };

/**
 * Each begins to send messages of 64 B back and forth over that many connections, both ends in this process.
 * @typedef {{ messages: () => number, stop: () => Promise<unknown> }} Running
 * @type {Record<string, (connections: number) => Promise<Running>>}
 */
export const echoes = {
  'channels in memory': async (connections) => {
    const { tcp } = createNetwork().host('here', '10.0.0.1');
    const endpoint = /** @type {const} */ ({ address: '10.0.0.1', port: 7, family: 'IPv4' });
    let messages = 0;
    /** @type {import('@netstrata/transport').Connection[]} */
    const open = [];
    /** @param {() => import('@netstrata/transport').Connection} own */
    const echo = (own) => ({ ...nothing, onData: (/** @type {Uint8Array} */ chunk) => { messages++; own().write(chunk); } });
    const listener = tcp.listen(endpoint, {
      ...nothing,
      onConnection(connection) {
        open.push(connection);
        connection.sink = echo(() => connection);
        connection.readStart();
      },
    });
    for (let i = 0; i < connections; i++) {
      const connection = tcp.connect(endpoint, {
        ...echo(() => connection),
        onConnect() {
          connection.readStart();
          connection.write(Buffer.alloc(SIZE));
        },
      });
      open.push(connection);
    }
    return {
      messages: () => messages,
      stop: () => {
        listener.close();
        for (const connection of open) connection.abort();
        return new Promise(setImmediate);
      },
    };
  },
  'sockets of net-compat in memory': (connections) => overSockets(createNet(createNetwork().host('here', '127.0.0.1')), connections),
  'sockets of node:net over loopback': (connections) => overSockets(nodeNet, connections),
};

/** @param {any} net @param {number} connections @returns {Promise<Running>} */
async function overSockets(net, connections) {
  let messages = 0;
  /** @type {any[]} */
  const open = [];
  /** @param {any} socket */
  const echo = (socket) => {
    open.push(socket);
    socket.on('error', () => {}).on('data', (/** @type {Buffer} */ chunk) => {
      messages++;
      socket.write(chunk);
    });
  };
  const server = net.createServer(echo);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (let i = 0; i < connections; i++) {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(Buffer.alloc(SIZE)));
    echo(socket);
  }
  return {
    messages: () => messages,
    stop: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
