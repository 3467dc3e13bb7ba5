import type { Socket } from 'node:net';
import { scenario } from './support/scenario.js';
import { look, QUIET_ACTIONS, SOCKET_ACTIONS } from './support/socket-actions.js';
import type { Stage } from './support/stage.js';

/** Brings an event about. */
const EVENTS: readonly [event: string, options: object, provoke: (t: Stage, client: Socket, peer: Socket) => unknown][] = [
  ['connectionAttempt', {}, () => {}],
  ['connect', {}, () => {}],
  ['ready', {}, () => {}],
  ['data', {}, (_t, client, peer) => { client.resume(); return peer.write('hello'); }],
  ['readable', {}, (_t, _client, peer) => peer.write('hello')],
  ['end', {}, (_t, client, peer) => { client.resume(); return peer.end('bye'); }],
  ['prefinish', {}, (_t, client) => client.end('bye')],
  ['finish', {}, (_t, client) => client.end('bye')],
  ['drain', { highWaterMark: 1 }, (_t, client) => client.write('more than fits')],
  ['timeout', {}, (_t, client) => client.setTimeout(1)],
  ['error', {}, (_t, client) => client.destroy(new Error('provoked'))],
  ['close', {}, (_t, client) => client.destroy()],
];

const ACTIONS = [...SOCKET_ACTIONS, ...QUIET_ACTIONS];

/** What leads to the event again, without end; where the moment is the kernel's to choose; where the builtin fails in its own code. */
function isLeftOut(event: string, action: string): boolean {
  if (event === 'connectionAttempt' && /destroy|write|end|push|unshift/.test(action)) return true;
  if (action.startsWith('connect')) return event !== 'close';
  if (event === 'readable' && ['unshift', 'push', 'read 0', 'a listener of readable'].includes(action)) return true;
  return event === 'data' && ['push', 'unshift'].includes(action);
}

for (const [event, options, provoke] of EVENTS) {
  for (const [action, act] of ACTIONS.filter(([name]) => !isLeftOut(event, name))) {
    scenario(`${action} in a listener of ${event}`, { media: ['tcp4', 'ipc'] }, async (t) => {
      let count = 0;
      const server = await t.serve({ allowHalfOpen: true });
      const arrival = t.once<[Socket]>(server, 'connection');
      server.on('connection', (peer: Socket) => t.watch(peer, `peer ${++count}`, { data: event !== 'drain' }));
      const client = t.track(new t.net.Socket(options));
      let isFirst = true;
      client.on(event, () => {
        if (!isFirst) return;
        isFirst = false;
        if (event === 'timeout') client.setTimeout(0);
        t.note('client', `-- in ${event}`);
        t.attempt(action, () => act(client, (label) => t.callback('client', label), t), 'client');
        look(t, 'client', client);
      });
      t.watch(client, 'client');
      t.connectAgain(client);
      // What the listener of the attempt did may keep it from coming about.
      const first = await Promise.race([arrival.then(([peer]) => peer), t.once(client, 'close').then(() => null), t.turn(20).then(() => null)]);
      if (first === null) return;
      await t.turn(2);
      if (!client.destroyed) provoke(t, client, first);
      await t.turn(6);
      if (event === 'timeout' && isFirst) await t.once(client, 'timeout');
      await t.turn(6);
      look(t, 'client', client);
    });
  }
}
