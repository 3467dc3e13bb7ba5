import type { Server, Socket } from 'node:net';
import type { Stage } from './stage.js';

/** A peer may be reset, and nobody looks. */
function endure(peer: Socket, server: Server): void {
  peer.on('error', () => {});
  server.on('connection', (next) => next.on('error', () => {}));
}

/** How a socket gets into a state. `half` is what allowHalfOpen is on the side that is looked at. */
export const STATES: readonly [name: string, enter: (t: Stage, half: boolean) => Promise<Socket>][] = [
  ['new', (t, half) => Promise.resolve(t.track(new t.net.Socket({ allowHalfOpen: half })))],
  ['connecting', async (t, half) => {
    let count = 0;
    await t.serve({ allowHalfOpen: true }, (peer) => t.watch(peer, `peer ${++count}`, { data: true }));
    return t.connect({ allowHalfOpen: half });
  }],
  ['connected', async (t, half) => {
    const { client, peer } = await t.pair({ allowHalfOpen: half }, { allowHalfOpen: true });
    t.watch(peer, 'peer', { data: true });
    return client;
  }],
  ['connected to a peer that ended', async (t, half) => {
    const { client, peer } = await t.pair({ allowHalfOpen: half }, { allowHalfOpen: true });
    t.watch(peer, 'peer', { data: true });
    peer.end('bye');
    client.resume();
    await t.once(client, 'end');
    return client;
  }],
  ['ended', async (t, half) => {
    const { client, peer } = await t.pair({ allowHalfOpen: half }, { allowHalfOpen: true });
    t.watch(peer, 'peer', { data: true });
    client.end('bye');
    await t.once(client, 'finish');
    return client;
  }],
  ['closed', async (t, half) => {
    const { client } = await t.pair({ allowHalfOpen: half });
    client.destroy();
    await t.closed(client);
    return client;
  }],
  ['destroyed a moment ago', async (t, half) => {
    const { client } = await t.pair({ allowHalfOpen: half });
    client.destroy();
    return client;
  }],
  ['closed with an error', async (t, half) => {
    const { client } = await t.pair({ allowHalfOpen: half });
    client.on('error', () => {});
    client.destroy(new Error('before'));
    await t.closed(client);
    return client;
  }],
  ['refused', async (t, half) => {
    const nowhere = await t.nowhere({ allowHalfOpen: half });
    const client = t.connect(nowhere);
    client.on('error', () => {});
    await t.closed(client);
    await t.serve();
    return client;
  }],
  ['connecting again', async (t, half) => {
    const { client, peer, server } = await t.pair({ allowHalfOpen: half }, { allowHalfOpen: true });
    endure(peer, server);
    client.destroy();
    await t.closed(client);
    return t.connectAgain(client);
  }],
  ['connected again', async (t, half) => {
    const { client, peer, server } = await t.pair({ allowHalfOpen: half }, { allowHalfOpen: true });
    endure(peer, server);
    client.destroy();
    await t.closed(client);
    await t.once(t.connectAgain(client), 'connect');
    return client;
  }],
];
