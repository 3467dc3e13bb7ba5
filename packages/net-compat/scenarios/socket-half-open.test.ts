import type { Socket } from 'node:net';
import { scenario } from './support/scenario.js';

for (const client of [false, true]) {
  for (const server of [false, true]) {
    scenario(`the client ends, half-open: client ${client}, server ${server}`, async (t) => {
      const ends = await t.pair({ allowHalfOpen: client }, { allowHalfOpen: server });
      t.watch(ends.client, 'client', { data: true });
      t.watch(ends.peer, 'peer', { data: true });
      ends.peer.on('end', () => {
        t.note('peer', 'at end', ends.peer.writable, ends.peer.writableEnded, ends.peer.readyState);
        if (server) ends.peer.write('still here', t.callback('peer', 'write'));
        if (server) setImmediate(() => ends.peer.end('bye'));
      });
      ends.client.end('question');
      await t.closed(ends.client, ends.peer);
    });
  }
}

scenario('a half-open socket answers after the end of the question', async (t) => {
  await t.serve({ allowHalfOpen: true }, (peer: Socket) => {
    let text = '';
    peer.setEncoding('utf8');
    peer.on('data', (piece: string) => (text += piece));
    peer.on('end', () => peer.end(text.toUpperCase()));
  });
  const client = t.watch(t.connect({ allowHalfOpen: true }), 'client', { data: true });
  client.end('question');
  await t.once(client, 'end');
  await t.closed(client);
});

scenario('allowHalfOpen can be changed while the socket lives', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client', { data: true });
  client.allowHalfOpen = true;
  peer.resume();
  peer.end('over');
  await t.once(client, 'end');
  await t.turn(5);
  t.log('open', client.writable, client.destroyed, client.readyState);
  client.write('more', t.callback('client', 'more'));
  client.end();
  await t.closed(client);
});

scenario('nobody reads: the end is not seen, and the socket does not close', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  peer.end('unread');
  await t.turn(10);
  t.log('waiting', client.readableEnded, client.destroyed, client.readableLength, client.writable);
  client.end();
  await t.turn(10);
  t.log('still', client.readableEnded, client.destroyed, client.writableFinished);
  client.resume();
  await t.closed(client);
});

scenario('an end with nothing before it is seen without reading', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  peer.end();
  await t.closed(client);
});

scenario('both ends end at once', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client', { data: true });
  t.watch(peer, 'peer', { data: true });
  client.end('from client');
  peer.end('from server');
  await t.closed(client, peer);
});

scenario('readable: false on a client', async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const client = t.watch(t.connect({ readable: false }), 'client');
  await t.once(client, 'connect');
  t.log('state', client.readable, client.writable, client.readyState);
  client.end('one way');
  await t.closed(client);
});

scenario('writable: false on a client', async (t) => {
  await t.serve((peer) => peer.end('one way'));
  const client = t.watch(t.connect({ writable: false }), 'client', { data: true });
  await t.once(client, 'connect');
  t.log('state', client.readable, client.writable, client.readyState);
  await t.once(client, 'end');
  await t.turn(5);
  t.log('state', client.destroyed, client.readyState);
});
