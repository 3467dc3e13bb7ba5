import { scenario } from './support/scenario.js';

scenario('a connection echoes, ends and closes', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer');
    peer.pipe(peer);
  });
  const client = t.watch(t.connect(), 'client', { data: true });
  client.end('hello', t.callback('client', 'end'));
  await t.closed(client);
});

scenario('connecting to where nobody listens fails', async (t) => {
  const client = t.watch(t.connect(await t.nowhere()), 'client');
  t.log('connecting', client.connecting, client.pending, client.readyState);
  await t.closed(client);
  t.log('closed', client.connecting, client.pending, client.readyState);
});

scenario('destroy before the connection is made', async (t) => {
  await t.serve();
  const client = t.watch(t.connect(), 'client');
  client.destroy();
  t.ticks('client', 'destroy');
  await t.closed(client);
});
