import type { Socket } from 'node:net';
import { scenario } from '../src/scenario.js';
import type { Stage } from '../src/stage.js';

/** How a socket gets into a state. `half` is what allowHalfOpen is on the side that is looked at. */
const STATES: [string, (t: Stage, half: boolean) => Promise<Socket>][] = [
  ['new', (t, half) => Promise.resolve(t.track(new t.net.Socket({ allowHalfOpen: half })))],
  ['connecting', async (t, half) => {
    await t.serve({ allowHalfOpen: true }, (peer) => t.watch(peer, 'peer', { data: true }));
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
];

const ACTIONS: [string, (socket: Socket, done: (label: string) => (...args: unknown[]) => void, t: Stage) => unknown][] = [
  ['end', (socket, done) => socket.end(done('end'))],
  ['end with data', (socket, done) => socket.end('last', done('end'))],
  ['end twice', (socket, done) => socket.end(done('first')).end(done('second'))],
  ['destroy', (socket) => socket.destroy()],
  ['destroy with an error', (socket) => socket.destroy(new Error('boom'))],
  ['destroy twice', (socket) => socket.destroy(new Error('one')).destroy(new Error('two'))],
  ['destroySoon', (socket) => { socket.destroySoon(); }],
  ['write', (socket, done) => socket.write('data', done('write'))],
  ['write and end', (socket, done) => socket.write('data', done('write')) && socket.end('more', done('end'))],
  ['write and destroy', (socket, done) => socket.write('data', done('write')) && socket.destroy()],
  ['end and destroy', (socket, done) => socket.end('data', done('end')).destroy()],
  ['end and write', (socket, done) => socket.end(done('end')).write('late', done('write'))],
  ['pause and end', (socket, done) => socket.pause().end(done('end'))],
];

/** Up to Node 20, a socket that had never connected ended at once. */
function isNew(state: string, action: string): boolean {
  return state === 'new' && ['end', 'end twice', 'destroySoon', 'end and write', 'pause and end'].includes(action);
}

/** What there is to see of a socket once it has settled. */
function look(t: Stage, socket: Socket): void {
  t.log('flags', socket.readable, socket.writable, socket.destroyed, socket.closed, socket.readyState, socket.connecting, socket.pending);
  t.log('sides', socket.readableEnded, socket.writableEnded, socket.writableFinished, socket.writableLength, socket.errored);
}

for (const [state, enter] of STATES) {
  for (const [action, act] of ACTIONS) {
    for (const half of [false, true]) {
      scenario(`${action} on a socket that is ${state}${half ? ', half-open allowed' : ''}`, isNew(state, action) ? { since: 22 } : {}, async (t) => {
        const socket = await enter(t, half);
        t.watch(socket, 'socket');
        t.attempt(action, () => typeof act(socket, (label) => t.callback('socket', label), t), 'socket');
        // Once the socket is connected its descriptor is what counts: when the kernel tells is not in our hands.
        if (state !== 'connecting') t.ticks('socket', action);
        await t.turn(8);
        look(t, socket);
        socket.resume();
        await t.turn(8);
        look(t, socket);
      });
    }
  }
}

// Not where a FIN is under way: there the builtin emits an error of the reset, and never 'close'.
scenario('resetAndDestroy by state', { media: ['tcp4', 'tcp6'], since: 26 }, async (t) => {
  for (const [state, enter] of STATES.filter(([name]) => !['ended', 'connecting', 'connected to a peer that ended'].includes(name))) {
    const socket = t.watch(await enter(t, false), state);
    t.attempt(`${state}: resetAndDestroy`, () => socket.resetAndDestroy() === socket);
    await t.turn(8);
  }
});

scenario('resetAndDestroy while connecting', { media: ['tcp4', 'tcp6'] }, async (t) => {
  await t.serve((peer) => t.watch(peer, 'peer', { data: true }));
  const socket = t.watch(t.connect(), 'socket');
  t.log('returns', socket.resetAndDestroy() === socket, socket.destroyed);
  await t.closed(socket);
  t.log('then', socket.destroyed, socket.errored);
});

scenario('resetAndDestroy is refused where there is no reset', { media: ['ipc'] }, async (t) => {
  const { client, peer } = await t.pair();
  t.attempt('client', () => client.resetAndDestroy());
  t.attempt('peer', () => peer.resetAndDestroy());
  t.log('alive', client.destroyed, peer.destroyed);
  const connecting = t.connect();
  t.attempt('connecting', () => connecting.resetAndDestroy());
});

scenario('a peer that was reset', { media: ['tcp4', 'tcp6'] }, async (t) => {
  const { client, peer } = await t.pair();
  t.watch(client, 'client', { data: true });
  t.watch(peer, 'peer');
  peer.resetAndDestroy();
  await t.closed(client);
  t.log('client', client.errored, client.readableEnded, client.destroyed);
});
