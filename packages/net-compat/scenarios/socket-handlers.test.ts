import { scenario } from './support/scenario.js';

for (const event of ['data', 'end', 'finish', 'drain', 'timeout', 'ready', 'readable', 'prefinish'] as const) {
  scenario(`destroy in the listener of ${event}`, async (t) => {
    await t.serve((peer) => {
      peer.on('error', () => {});
      if (event !== 'timeout') peer.end('hello');
      peer.resume();
    });
    const client = t.connect(event === 'drain' ? { highWaterMark: 1 } : {});
    client.on(event, () => {
      client.destroy();
      t.note('client', `destroyed in ${event}`, client.readable, client.writable, client.readyState);
    });
    t.watch(client, 'client', event === 'readable' ? {} : { data: true });
    await t.once(client, 'connect');
    if (event === 'timeout') client.setTimeout(5);
    if (event === 'drain') client.write('xx');
    if (event === 'finish' || event === 'prefinish') client.end('bye');
    await t.closed(client);
    await t.turn(3);
  });
}

scenario('destroy with an error in the listener of data', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(peer, 'peer', { events: ['close'] });
  peer.on('error', () => {});
  peer.resume();
  client.on('data', () => client.destroy(new Error('enough')));
  t.watch(client, 'client', { data: true });
  peer.write('hello');
  await t.closed(client, peer);
});

scenario('destroy with a callback', { media: ['tcp4'] }, async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  (client.destroy as (...args: unknown[]) => unknown).call(client, null, t.callback('client', 'destroy'));
  t.ticks('client', 'destroy');
  await t.closed(client);
  (client.destroy as (...args: unknown[]) => unknown).call(client, new Error('late'), t.callback('client', 'destroy again'));
});

scenario('destroy in the callback of a write', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  t.watch(peer, 'peer', { data: true });
  client.write('one', () => {
    t.note('client', 'written');
    client.destroy();
  });
  client.write('two', t.callback('client', 'two'));
  await t.closed(client);
});

scenario('end in the listener of data', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer', { data: true });
    peer.write('hello');
  });
  const client = t.connect();
  client.on('data', () => client.end('bye'));
  t.watch(client, 'client', { data: true });
  await t.closed(client);
});

scenario('a listener of close comes after the callbacks of writes', async (t) => {
  const { client, peer } = await t.pair();
  peer.resume();
  t.watch(client, 'client');
  client.write('a', t.callback('client', 'a'));
  client.end('b', t.callback('client', 'b'));
  await t.closed(client);
});

scenario('listeners removed before they are due', async (t) => {
  const { client, peer } = await t.pair();
  const listener = t.callback('client', 'close');
  client.on('close', listener);
  client.off('close', listener);
  client.once('close', t.callback('client', 'once'));
  peer.destroy();
  client.resume();
  await t.closed(client);
});

scenario('an accepted socket is destroyed at once', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer');
    peer.destroy();
  });
  const client = t.watch(t.connect(), 'client', { data: true });
  await t.closed(client);
});

scenario('an accepted socket is ended at once', async (t) => {
  await t.serve((peer) => {
    t.watch(peer, 'peer');
    peer.end('bye');
    peer.resume();
  });
  const client = t.watch(t.connect(), 'client', { data: true });
  await t.closed(client);
});
