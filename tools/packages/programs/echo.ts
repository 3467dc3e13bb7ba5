// For ts-node, as CommonJS.
import { connect, createServer, type Socket } from '@netstrata/net-compat';
import { isIPv4 } from '@netstrata/ip-utils';

const server = createServer((socket: Socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  const client: Socket = connect(port, '127.0.0.1').setEncoding('utf8');
  client.on('data', (text: string) => { console.log(`${text}, ${isIPv4(client.remoteAddress ?? '')}`); });
  client.on('end', () => server.close());
  client.end('an echo of ts-node');
});
