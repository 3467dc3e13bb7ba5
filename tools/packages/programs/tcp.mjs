// For Node: an echo over TCP, which then exits.
import { connect, createServer, isIP } from '@netstrata/net-compat';

const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
  const client = connect(server.address().port, '127.0.0.1').setEncoding('utf8');
  client.on('data', (text) => console.log(`${text}, IPv${isIP(client.remoteAddress)}`));
  client.on('end', () => server.close());
  client.end('an echo over TCP');
});
