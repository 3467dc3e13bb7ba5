// The public machine of docs/guides/behind-nat.md: its stdin and stdout are the carrier, its clients are streams to who is behind. It says its port.
import { createNet } from '@netstrata/net-compat/core';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import { muxSession } from '@netstrata/transport-mux';
import { tcp } from '@netstrata/transport-tcp';
import { Duplex } from 'node:stream';

const carrier = fromNodeDuplex(Duplex.from({ readable: process.stdin, writable: process.stdout }));
const session = muxSession(carrier, { side: 'acceptor', onClose: () => front.close() });
const front = createNet({ tcp }).createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
  const inner = createNet({ tcp: session }).connect({ host: '127.0.0.1', port: 80, allowHalfOpen: true });
  client.on('error', () => inner.resetAndDestroy());
  inner.on('error', () => client.resetAndDestroy());
  client.pipe(inner).pipe(client);
});
front.listen(0, '127.0.0.1', () => process.stderr.write(`${front.address().port}\n`));
