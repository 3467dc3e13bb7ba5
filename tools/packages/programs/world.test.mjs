// For vitest, with its globals: it loads packages otherwise than Node does where one imports another.
import '@netstrata/net-compat/register';
import { connect } from 'node:net';
import { simulate } from '@netstrata/simulation';

test('what imports node:net runs on a host', async () => {
  const world = simulate();
  world.host('server').net.createServer((socket) => socket.end('from a world')).listen(7);
  const client = world.host('client');
  const ask = () => new Promise((resolve, reject) => connect(7, 'server').once('data', resolve).once('error', reject));
  expect(String(await world.run(() => client.run(ask)))).toBe('from a world');
});
