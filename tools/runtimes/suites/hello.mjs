import '@netstrata/net-compat/register';
import net from '@netstrata/net-compat';

const server = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').on('data', (chunk) => console.log(String(chunk))).on('close', () => server.close());
});
