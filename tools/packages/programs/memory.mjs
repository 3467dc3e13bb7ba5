// For browsers: uses only builtins that they have too.
import { createNet } from '@netstrata/net-compat/core';
import { duplexPair } from '@netstrata/stream-core';
import { createNetwork } from '@netstrata/transport-memory';

const network = createNetwork();
const there = createNet(network.host('there', '10.0.0.1'));
const here = createNet(network.host('here', '10.0.0.2'));
const [near, far] = duplexPair();
far.setEncoding('utf8').on('data', (text) => console.log(text));

const server = there.createServer((socket) => socket.pipe(socket)).listen(80, () => {
  const client = here.connect(80, 'there');
  client.pipe(near);
  client.on('end', () => server.close());
  client.end('an echo without a system');
});
