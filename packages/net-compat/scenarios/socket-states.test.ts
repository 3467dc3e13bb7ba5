import { scenario, type Run } from './support/scenario.js';
import { look, QUIET_ACTIONS, SOCKET_ACTIONS, type Action } from './support/socket-actions.js';
import { STATES } from './support/socket-states.js';

/** Up to Node 20, a socket that had never connected ended at once. */
function isNew(state: string, action: string): boolean {
  return state === 'new' && ['end', 'end twice', 'the end pushed', 'destroySoon', 'end and write', 'pause and end'].includes(action);
}

function live(state: string, enter: (typeof STATES)[number][1], half: boolean, action: string, act: Action): Run {
  return async (t) => {
    const socket = await enter(t, half);
    t.watch(socket, 'socket');
    t.attempt(action, () => act(socket, (label) => t.callback('socket', label), t), 'socket');
    // Once the socket is connected its descriptor is what counts: when the kernel tells is not in our hands.
    if (!state.startsWith('connecting')) t.ticks('socket', action);
    await t.turn(8);
    look(t, 'main', socket);
    socket.resume();
    await t.turn(8);
    look(t, 'main', socket);
  };
}

for (const [state, enter] of STATES) {
  for (const [action, act] of SOCKET_ACTIONS) {
    const since = isNew(state, action) ? { since: 22 } : {};
    for (const half of [false, true]) {
      scenario(`${action} on a socket that is ${state}${half ? ', half-open allowed' : ''}`, since, live(state, enter, half, action, act));
    }
  }
  for (const [action, act] of QUIET_ACTIONS) {
    // Where a connection stands, the kernels do not agree: see known-differences.ts.
    if (action.startsWith('connect') && /connected|ended|connecting/.test(state)) continue;
    scenario(`${action} on a socket that is ${state}`, isNew(state, action) ? { since: 22 } : {}, live(state, enter, false, action, act));
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
