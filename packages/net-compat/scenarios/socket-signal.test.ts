import type { LookupFunction, NetConnectOpts, Socket } from 'node:net';
import { scenario } from './support/scenario.js';

for (const when of ['before the socket is made', 'while it connects', 'once it has connected'] as const) {
  scenario(`a signal that is aborted ${when}`, async (t) => {
    await t.serve((peer) => peer.resume());
    const controller = new AbortController();
    if (when === 'before the socket is made') controller.abort(new Error('no more'));
    const socket = t.watch(t.track(new t.net.Socket({ signal: controller.signal })), 'client', { events: ['connect', 'error', 'close'] });
    socket.on('error', (error) => t.note('client', error.constructor.name, String(error.cause)));
    t.note('client', 'made', socket.destroyed);
    if (when !== 'before the socket is made') socket.connect(t.target());
    if (when === 'while it connects') controller.abort(new Error('no more'));
    if (when === 'once it has connected') {
      await t.once(socket, 'connect');
      controller.abort(new Error('no more'));
    }
    t.note('client', 'then', socket.destroyed);
    await t.closed(socket);
  });
}

/** A socket with a signal that is not aborted by itself, or was before the socket is made. */
interface Part {
  readonly socket: Socket;
  readonly controller: AbortController;
  /** Sends it to where this scenario goes. */
  readonly go: () => void;
}

/** Runs code as the listener of an event, once. */
const within = (event: string) => ({ socket, controller, go }: Part): void => {
  socket.once(event, () => { controller.abort(); });
  go();
};

/** When the signal is aborted and the socket told to connect; those before the socket is made stand apart. */
const TIMES: Record<string, (part: Part) => void> = {
  'before the socket is made': ({ go }) => { go(); },
  'before the socket is made, which connects in a promise': ({ go }) => { void Promise.resolve().then(go); },
  'before the socket is made, which connects a tick later': ({ go }) => { process.nextTick(go); },
  'before the socket is made, which connects turns later': ({ go }) => { setImmediate(() => setImmediate(go)); },
  'between new Socket and connect': ({ controller, go }) => {
    controller.abort();
    go();
  },
  'turns before connect': ({ controller, go }) => {
    setImmediate(() => {
      controller.abort();
      setImmediate(go);
    });
  },
  'in the tick of connect': ({ controller, go }) => {
    go();
    controller.abort();
  },
  'a tick after connect': ({ controller, go }) => {
    go();
    process.nextTick(() => { controller.abort(); });
  },
  "in the listener of 'lookup'": within('lookup'),
  "in the listener of 'connectionAttemptFailed'": within('connectionAttemptFailed'),
  "in the listener of 'connect'": within('connect'),
  "in the listener of 'error'": within('error'),
  'and the socket connects again': ({ socket, controller, go }) => {
    socket.once('connect', () => { controller.abort(); });
    socket.once('close', () => setImmediate(go));
    go();
  },
  'in the second life of the socket': ({ socket, controller, go }) => {
    socket.once('connect', () => socket.destroy());
    socket.once('close', () => {
      go();
      socket.once('connect', () => { controller.abort(); });
    });
    go();
  },
};

/** Where the socket goes, over TCP. */
const PLACES: Record<string, (port: number, closed: number) => NetConnectOpts> = {
  'an address': (port) => ({ port, host: '127.0.0.1' }),
  'an address that refuses': (_, port) => ({ port, host: '127.0.0.1' }),
  'a name': (port) => ({ port, host: 'one.example', lookup: answers('127.0.0.1'), autoSelectFamily: false }),
  'a name with several addresses': (port) => ({ port, host: 'two.example', lookup: answers('127.0.0.2', '127.0.0.1'), autoSelectFamily: true }),
};

function answers(...addresses: string[]): LookupFunction {
  return ((_host: string, { all }: { all?: boolean }, done: (...args: unknown[]) => void) => {
    setImmediate(() => { done(null, all ? addresses.map((address) => ({ address, family: 4 })) : addresses[0], 4); });
  }) as LookupFunction;
}

for (const [when, run] of Object.entries(TIMES)) {
  for (const [where, optionsFor] of Object.entries(PLACES)) {
    scenario(`a signal that is aborted ${when}, to ${where}`, { media: ['tcp4'] }, async (t) => {
      await t.serve((peer) => peer.resume());
      const closed = (await t.nowhere() as { port: number }).port;
      const controller = new AbortController();
      if (when.startsWith('before')) controller.abort();
      const socket = t.track(new t.net.Socket({ signal: controller.signal }));
      // In a lane of its own: in which turn it is told that a connection has closed is not the same everywhere.
      t.watch(socket, 'lookup', { events: ['lookup'] });
      t.watch(socket, 'client');
      t.note('client', 'made', socket.destroyed);
      const options = optionsFor((t.target() as { port: number }).port, closed);
      run({ socket, controller, go: () => { t.note('client', 'connecting', socket.connect({ ...options }).connecting); } });
      // Some of them stand still as they are.
      await t.turn(30);
      t.log('in the end', socket.destroyed, socket.connecting, socket.readyState);
    });
  }
}

for (const [when, run] of Object.entries(TIMES)) {
  scenario(`a signal that is aborted ${when}, over any medium`, async (t) => {
    await t.serve((peer) => peer.resume());
    const controller = new AbortController();
    if (when.startsWith('before')) controller.abort();
    const socket = t.watch(t.track(new t.net.Socket({ signal: controller.signal })), 'client');
    run({ socket, controller, go: () => { t.connectAgain(socket); } });
    await t.turn(30);
    t.log('in the end', socket.destroyed, socket.connecting, socket.readyState);
  });
}

/** Both ends go on until one of them ends. */
const ENDS: Record<string, (part: { client: Socket; peer: Socket; abort: () => void }) => void> = {
  "in the listener of 'finish', before the peer's end": ({ client, abort }) => { client.on('finish', abort).end(); },
  "in the listener of 'finish', after the peer's end": ({ client, peer, abort }) => {
    client.on('finish', abort).on('end', () => client.end());
    peer.end();
  },
  "in the listener of 'end', after 'finish'": ({ client, peer, abort }) => {
    client.on('end', abort).end();
    peer.on('end', () => peer.end());
  },
  "in the listener of 'end', before 'finish'": ({ client, peer, abort }) => {
    client.on('end', abort);
    peer.end();
  },
  "in the listener of 'close'": ({ client, peer, abort }) => {
    client.on('close', abort).end();
    peer.on('end', () => peer.end());
  },
  'when the socket was destroyed': ({ client, abort }) => {
    client.destroy();
    abort();
  },
};

for (const [when, run] of Object.entries(ENDS)) {
  for (const allowHalfOpen of [true, false]) {
    scenario(`a signal that is aborted ${when}${allowHalfOpen ? ', half-open' : ''}`, async (t) => {
      const controller = new AbortController();
      const { client, peer } = await t.pair({ signal: controller.signal, allowHalfOpen }, { allowHalfOpen: true });
      peer.on('error', () => {}).resume();
      t.watch(client.resume(), 'client');
      const closed = t.closed(client);
      run({ client, peer, abort: () => {
        t.note('client', 'abort');
        controller.abort();
      } });
      await closed;
      t.log('errored', client.errored);
    });
  }
}

scenario('the errors of a socket with a signal have a listener', async (t) => {
  const controller = new AbortController();
  const socket = t.track(t.net.connect({ ...(await t.nowhere()), signal: controller.signal } as NetConnectOpts));
  for (const event of ['error', 'close', 'end', 'finish', 'connect']) t.log(event, socket.listenerCount(event));
  await t.closed(socket);
  t.log('errored', socket.errored, socket.listenerCount('error'));
});

scenario('a signal whose event was stopped', async (t) => {
  await t.serve();
  const controller = new AbortController();
  controller.signal.addEventListener('abort', (event) => { event.stopImmediatePropagation(); });
  const client = t.watch(t.connect({ signal: controller.signal }), 'client');
  await t.once(client, 'connect');
  controller.abort();
  t.log('destroyed', client.destroyed);
  await t.turn(3);
});
