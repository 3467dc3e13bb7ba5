import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import { scenario } from './support/scenario.js';

scenario('events of a socket run in the context that it was connected in', async (t) => {
  await t.serve((peer) => peer.end('hello'));
  const storage = new AsyncLocalStorage<string>();
  const client = storage.run('connecting', () => t.connect());
  for (const event of ['connect', 'ready', 'data', 'end', 'finish', 'close']) client.on(event, () => t.note('client', event, storage.getStore()));
  await t.closed(client);
});

scenario('callbacks of writes run in the context of the write', async (t) => {
  const { client, peer } = await t.pair();
  peer.resume();
  const storage = new AsyncLocalStorage<string>();
  storage.run('first', () => client.write('a', () => t.note('client', 'a', storage.getStore())));
  await t.turn(3);
  storage.run('last', () => client.end('b', () => t.note('client', 'b', storage.getStore())));
  await t.closed(client);
});

scenario('timeouts run in the context of setTimeout', async (t) => {
  const { client } = await t.pair();
  const storage = new AsyncLocalStorage<string>();
  storage.run('timeout', () => client.setTimeout(5));
  await new Promise<void>((resolve) => {
    client.on('timeout', () => {
      t.note('client', 'timeout', storage.getStore());
      resolve();
    });
  });
});

scenario('diagnostics_channel hears of client sockets', async (t) => {
  await t.serve((peer) => peer.end());
  const listener = (message: unknown): void => {
    const { socket } = message as { socket: unknown };
    if (socket instanceof t.net.Socket) t.log('published', Object.keys(message as object));
  };
  channel('net.client.socket').subscribe(listener);
  const client = t.connect();
  client.resume();
  await t.closed(client);
  channel('net.client.socket').unsubscribe(listener);
});

scenario('captureRejections destroys the socket', { media: ['tcp4'] }, async (t) => {
  await t.serve((peer) => peer.end('hello'));
  const client = t.watch(t.connect({ captureRejections: true }), 'client');
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- a listener that rejects is what this is about
  client.on('data', () => Promise.reject(new Error('async')));
  await t.closed(client);
});

scenario('a warning for a timeout that is too long', { media: ['tcp4'] }, async (t) => {
  const warning = new Promise<Error>((resolve) => process.once('warning', resolve));
  const socket = new t.net.Socket();
  t.log('set', socket.setTimeout(2 ** 32) === socket, socket.timeout);
  t.log('warned', await warning);
  socket.setTimeout(0);
});
