import { scenario } from './support/scenario.js';

const INVALID: [string, unknown][] = [
  ['text', '100'], ['null', null], ['undefined', undefined], ['NaN', Number.NaN], ['-1', -1], ['Infinity', Number.POSITIVE_INFINITY], ['an object', {}],
  ['true', true], ['a bigint', 1n],
];

for (const [what, value] of INVALID) {
  scenario(`setTimeout of ${what}`, { media: ['tcp4'] }, (t) => {
    const socket = new t.net.Socket();
    t.attempt('setTimeout', () => socket.setTimeout(value as number) === socket);
    t.log('timeout', socket.timeout);
  });
}

scenario('setTimeout with a callback that is none', { media: ['tcp4'] }, (t) => {
  for (const callback of ['x', null, 1, {}]) {
    const socket = t.track(new t.net.Socket());
    t.attempt('100', () => socket.setTimeout(100, callback as never) === socket);
    t.attempt('0', () => socket.setTimeout(0, callback as never) === socket);
    t.log('timeout', socket.timeout, socket.listenerCount('timeout'));
  }
});

scenario('setTimeout with undefined for a callback', { media: ['tcp4'] }, (t) => {
  const socket = t.track(new t.net.Socket());
  t.log('same', socket.setTimeout(1.5, undefined) === socket, socket.timeout);
});

scenario('a timeout is an event, and nothing else', async (t) => {
  const { client } = await t.pair();
  t.watch(client, 'client');
  client.setTimeout(5, t.callback('client', 'timeout'));
  t.log('set', client.timeout, client.listenerCount('timeout'));
  await t.once(client, 'timeout');
  t.log('alive', client.destroyed, client.writable, client.listenerCount('timeout'));
});

scenario('a timeout comes once, until something moves', async (t) => {
  const { client, peer } = await t.pair();
  peer.resume();
  let count = 0;
  client.setTimeout(5);
  client.on('timeout', () => count++);
  await t.once(client, 'timeout');
  // Longer than the timeout: a timer of the same net's other end tells.
  peer.setTimeout(30);
  await t.once(peer, 'timeout');
  t.log('once', count);
  client.write('x');
  await t.once(client, 'timeout');
  t.log('again', count);
  peer.write('y');
  client.resume();
  await t.once(client, 'timeout');
  t.log('and again', count);
});

scenario('a timeout of 0 switches it off', async (t) => {
  const { client, peer } = await t.pair();
  const listener = t.callback('client', 'timeout');
  client.setTimeout(5, listener);
  client.setTimeout(0, listener);
  t.log('off', client.timeout, client.listenerCount('timeout'));
  peer.setTimeout(40);
  await t.once(peer, 'timeout');
});

scenario('a timeout before and while connecting', async (t) => {
  await t.serve();
  const client = t.watch(t.track(new t.net.Socket()), 'client', { events: ['timeout', 'close'] });
  client.setTimeout(5);
  await t.once(client, 'timeout');
  t.log('not connected', client.connecting, client.readyState);
  client.connect(t.target());
  await t.once(client, 'timeout');
  t.log('state', client.connecting, client.readyState);
});

scenario('setTimeout on a destroyed socket changes nothing', async (t) => {
  const { client } = await t.pair();
  client.setTimeout(60_000);
  client.destroy();
  t.log('same', client.setTimeout(5) === client, client.timeout);
  t.attempt('no check either', () => client.setTimeout('x' as never) === client);
  await t.closed(client);
});

scenario('destroy stops the timeout', async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client');
  client.setTimeout(5);
  client.destroy();
  peer.setTimeout(30);
  await t.closed(client);
  await t.turn(5);
});

scenario('the option timeout', async (t) => {
  await t.serve();
  const client = t.watch(t.connect({ timeout: 5 }), 'client', { events: ['timeout'] });
  t.log('set', client.timeout);
  await t.once(client, 'timeout');
  t.log('without one', t.connect().timeout, t.connect({ timeout: 0 }).timeout);
});

scenario('_onTimeout can be called and replaced', { media: ['tcp4'] }, async (t) => {
  const { client } = await t.pair();
  const socket = client as unknown as { _onTimeout(): void; _unrefTimer(): void };
  t.watch(client, 'client');
  socket._onTimeout();
  await new Promise<void>((resolve) => {
    socket._onTimeout = resolve;
    client.setTimeout(5);
    socket._unrefTimer();
  });
});
