// A transport over another, which sees and may change what is written.
// Such a layer keeps the rules too.
import type { Connection, Transport } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';

const { ipc } = createNetwork().host('here');
const turn = (chunk: Uint8Array) => chunk.map((byte) => byte ^ 0xff);

/** The connection below. A written chunk is borrowed: only a copy may change. */
function turned(connection: Connection): Connection {
  const write = connection.write.bind(connection);
  connection.write = (chunk) => write(turn(turn(chunk))); // and back
  // Mistake 1 (C3): other bytes arrive than those that were written.
  // connection.write = (chunk) => write(turn(chunk));
  // Mistake 2 (C5): the chunk was borrowed, and is changed.
  // connection.write = (chunk) => write(chunk.fill(0));
  return connection;
}

const transport: Transport = {
  name: 'turned paths',
  capabilities: { ...ipc.capabilities, open: false },
  connect: (endpoint, sink, options) => turned(ipc.connect(endpoint, sink, options)),
  listen: (endpoint, acceptor, options) => ipc.listen!(endpoint, acceptor, options),
};

let names = 0;
export default { transport, listenEndpoint: () => ({ path: `name-${++names}` }) };
