import { once } from 'node:events';
import type { Connection, Transport } from '@netstrata/transport';
import { expect, it } from 'vitest';
import { fortyLines } from '../../../examples/custom-transport/src/forty-lines.js';
import { createNet } from '../src/core.js';

/** The transport of forty lines, which tells when the connections it made are closed. */
function telling(closed: (connection: Connection) => void): Transport {
  return {
    name: 'telling', capabilities: fortyLines.capabilities, connect: fortyLines.connect.bind(fortyLines),
    listen: (endpoint, acceptor, options) => fortyLines.listen!(endpoint, {
      onListening: () => { acceptor.onListening(); },
      onAcceptError: (error) => { acceptor.onAcceptError(error); },
      onClose: (error) => { acceptor.onClose(error); },
      onConnection: (connection) => {
        const close = connection.close.bind(connection);
        connection.close = () => {
          closed(connection);
          close();
        };
        acceptor.onConnection(connection);
      },
    }, options),
  };
}

it('a connection that a server drops is closed after the event, as with node:net', async () => {
  const seen: string[] = [];
  const net = createNet({ ipc: telling(() => seen.push('closed')) });
  const server = net.createServer().on('drop', () => seen.push('drop'));
  server.maxConnections = 0;
  server.listen('full');
  await once(server, 'listening');
  const client = net.connect('full').on('error', () => {}).resume();
  await new Promise((resolve) => client.once('close', resolve));
  server.close();
  expect(seen).toEqual(['drop', 'closed']);
});
