// For jest and vitest, with their globals.
import { connect, createServer, Socket } from '@netstrata/net-compat';

test('an ES module echoes', async () => {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = connect(server.address().port, '127.0.0.1').setEncoding('utf8');
  expect(client).toBeInstanceOf(Socket);
  client.end('hello');
  let text = '';
  for await (const part of client) text += part;
  server.close();
  expect(text).toBe('hello');
});
