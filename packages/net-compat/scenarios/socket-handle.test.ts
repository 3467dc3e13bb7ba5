import type { Socket } from 'node:net';
import { freshPath } from '@netstrata/config/fresh-path';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

interface Bound {
  address(): { port: number } | string;
  fd(): number;
  close(): void;
  readonly isPipe: boolean;
  [Symbol.dispose](): void;
}

type BoundClass = new (options?: unknown) => Bound;

const classOf = (t: Stage): BoundClass => (t.net as unknown as { BoundSocket: BoundClass }).BoundSocket;
const isPipe = (t: Stage): boolean => t.isPipe;

/** Bound on the medium, to something fresh. */
function bind(t: Stage): Bound {
  const options = isPipe(t) ? { path: freshPath() } : { host: t.medium === 'tcp6' ? '::1' : '127.0.0.1' };
  const bound = new (classOf(t))(options);
  const address = bound.address();
  if (typeof address === 'string') t.hide(address, 'bound path');
  else t.hide(address.port, 'bound port');
  return bound;
}

const since26 = { since: 26 };

scenario('what BoundSocket refuses', { since: 26, media: ['tcp4'] }, (t) => {
  const BoundSocket = classOf(t);
  t.attempt('without new', () => (BoundSocket as unknown as () => void)());
  const refused = [
    null, 1, 'x', [], () => {}, { port: 'abc' }, { port: 70000 }, { port: -1 }, { host: 5 }, { host: '' }, { host: 'localhost' }, { host: '1.2.3.4' },
    { ipv6Only: 1 }, { reusePort: 'x' }, { path: 5 }, { path: '/x', port: 0 }, { path: '/x', host: '' }, { path: '/x', reusePort: false },
    { path: '/nonexistent-directory/x' },
  ];
  for (const options of refused) t.attempt('new', () => new BoundSocket(options));
});

scenario('what BoundSocket takes', { since: 26, media: ['tcp4'] }, (t) => {
  const BoundSocket = classOf(t);
  for (const options of [undefined, {}, { port: '0' }, { port: null }, { host: null }, { ipv6Only: true }, { host: '127.0.0.1', ipv6Only: true }, { host: '::1' }]) {
    const bound = new BoundSocket(options);
    const address = bound.address() as { port: number };
    t.log('bound', { ...address, port: address.port > 0 }, typeof bound.fd(), bound.isPipe);
    bound.close();
  }
});

scenario('a bound socket that is closed', since26, (t) => {
  const bound = bind(t);
  t.log('bound', bound.address(), bound.isPipe, Object.keys(bound));
  bound.close();
  t.attempt('address', () => bound.address());
  t.attempt('fd', () => bound.fd());
  t.attempt('close', () => { bound.close(); });
  t.attempt('dispose', () => { bound[Symbol.dispose](); });
  t.attempt('a socket', () => new t.net.Socket({ handle: bound } as object));
  t.attempt('a server', () => t.net.createServer().listen(bound));
  bind(t)[Symbol.dispose]();
});

scenario('a server that listens on a bound socket', since26, async (t) => {
  const bound = bind(t);
  const target = bound.address();
  const server = t.watch(t.net.createServer((peer) => peer.end('hello')), 'server');
  t.log('listen', server.listen(bound, t.callback('server', 'listen')) === server, server.listening, server.address());
  t.attempt('address', () => bound.address());
  await t.once(server, 'listening');
  const client = t.watch(t.connect(typeof target === 'string' ? { path: target } : { port: target.port, host: t.medium === 'tcp6' ? '::1' : '127.0.0.1' }), 'client', { data: true });
  await t.closed(client);
  server.close();
  await t.closed(server);
});

scenario('a server that listens on a bound socket among its options', since26, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen({ handle: bind(t), backlog: 5 } as object);
  await t.once(server, 'listening');
  t.log('address', server.address());
  server.close();
  await t.closed(server);
});

const show = (t: Stage, socket: Socket, label: string): void => {
  t.log(label, socket.connecting, socket.pending, socket.readyState, socket.localAddress, socket.localPort, socket.address());
};

scenario('a socket that dials from where it was bound', since26, async (t) => {
  const server = await t.serve((peer) => peer.end('hello'));
  const client = t.track(t.watch(new t.net.Socket({ handle: bind(t) } as object), 'client', { data: true }));
  show(t, client, 'made');
  client.connect(t.target(), t.callback('client', 'connect'));
  show(t, client, 'on its way');
  await t.once(client, 'connect');
  show(t, client, 'connected');
  await t.closed(client);
  server.close();
});

scenario('a socket that dials from where it was bound, and fails', since26, async (t) => {
  const nowhere = await t.nowhere();
  const client = t.track(t.watch(new t.net.Socket({ handle: bind(t) } as object), 'client'));
  client.connect(nowhere as never);
  await t.closed(client);
});

scenario('a bound socket and a name', { since: 26, media: ['tcp4'] }, async (t) => {
  await t.serve();
  const client = t.track(t.watch(new t.net.Socket({ handle: bind(t) } as object), 'client'));
  client.connect({
    ...(t.target() as object), host: 'somewhere.example',
    lookup: (_name: string, options: { all?: boolean }, answer: (error: null, address: string, family: number) => void) => {
      t.log('asked for all', options.all ?? false);
      answer(null, '127.0.0.1', 4);
    },
  } as never);
  await t.once(client, 'connect');
});

scenario('a bound socket takes no other near end', { since: 26, media: ['tcp4'] }, async (t) => {
  await t.serve();
  const dial = (more: object): void => {
    const client = t.track(new t.net.Socket({ handle: bind(t) } as object));
    t.attempt('connect', () => client.connect(t.target(more)).connecting);
  };
  dial({ localPort: 5555 });
  dial({ localAddress: '127.0.0.1' });
  dial({ localAddress: '' });
});

scenario('a bound socket that never dials', since26, async (t) => {
  const client = t.watch(new t.net.Socket({ handle: bind(t) } as object), 'client');
  client.pause();
  client.resume();
  client.destroy();
  t.ticks('client', 'destroy');
  await t.closed(client);
  t.log('closed', client.destroyed, client.readyState);
});

scenario('a write before a bound socket dials', since26, async (t) => {
  const client = t.watch(new t.net.Socket({ handle: bind(t) } as object), 'client');
  client.write('x', t.callback('client', 'write'));
  await t.closed(client);
});

interface Handled {
  _handle: { constructor: { name: string } } | null;
}

const handle = (socket: Socket): string | null => (socket as unknown as Handled)._handle?.constructor.name ?? null;

function watch(t: Stage, socket: Socket, lane: string, events: readonly string[]): void {
  for (const event of events) socket.on(event, () => { t.note(lane, `in ${event}`, handle(socket)); });
}

const HANDLE_EVENTS = ['lookup', 'connectionAttempt', 'connect', 'ready', 'end', 'error', 'close'];

scenario('the handle of a socket, from connect to close', async (t) => {
  const server = await t.serve((peer) => peer.end('hello'));
  const client = t.track(new t.net.Socket());
  t.log('new', handle(client));
  watch(t, client, 'client', HANDLE_EVENTS);
  client.connect(t.target()).resume();
  t.log('connect', handle(client), client.pending);
  await t.closed(client);
  t.log('closed', handle(client));
  server.close();
});

scenario('the handle of a socket that looks a name up', { media: ['tcp4'] }, async (t) => {
  await t.serve();
  const client = t.connect({ host: 'somewhere.example', lookup: (_name: string, _options: object, answer: (error: null, at: object[]) => void) => { setImmediate(answer, null, [{ address: '127.0.0.1', family: 4 }]); } });
  watch(t, client, 'client', HANDLE_EVENTS);
  t.log('connect', handle(client), client.pending, client.localAddress);
  await t.once(client, 'connect');
  client.destroy();
  t.log('destroyed', handle(client));
  await t.closed(client);
});

scenario('the handle of a socket that is destroyed on its way', async (t) => {
  await t.serve();
  const client = t.watch(t.connect(), 'client');
  client.destroy();
  t.log('destroyed', handle(client), client.pending, client.connecting);
  await t.closed(client);
  client.connect(t.target());
  t.log('again', handle(client), client.pending, client.connecting);
  await t.once(client, 'connect');
});

scenario('connecting twice in a tick', { media: ['tcp4', 'tcp6'] }, async (t) => {
  await t.serve();
  const client = t.watch(t.connect(), 'client', { events: ['connectionAttempt', 'connectionAttemptFailed', 'connect', 'close'] });
  client.on('error', (error: NodeJS.ErrnoException) => { t.note('client', 'error', error.syscall); });
  client.connect(t.target());
  await t.closed(client);
});

scenario('a handle that is an object of JavaScript', { media: ['tcp4'] }, (t) => {
  const fake = (): object => ({
    setNoDelay(...args: unknown[]) { t.log('setNoDelay', ...args); },
    setKeepAlive(on: boolean, seconds: number) { t.log('setKeepAlive', on, seconds); },
    readStart() {},
  });
  const handle = fake();
  const socket = new t.net.Socket({ handle } as object);
  socket.setNoDelay();
  socket.setNoDelay(true);
  socket.setNoDelay(false);
  socket.setKeepAlive(true, 5000);
  t.log('state', socket.pending, socket.readyState, (socket as unknown as { _handle: unknown })._handle === handle);
  t.log('options are for handles of its own', new t.net.Socket({ handle: fake(), noDelay: true, keepAlive: true } as object).readyState);
});

scenario('what a server sets on a handle that it was given', { media: ['tcp4', 'tcp6'] }, async (t) => {
  type Own = Record<string, (...args: unknown[]) => unknown>;
  const server = await t.serve({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 2500 });
  const listening = (server as unknown as { _handle: Own })._handle;
  const onconnection = listening['onconnection'];
  listening['onconnection'] = function (this: unknown, status: unknown, handle: unknown) {
    const own = handle as Own;
    for (const name of ['setNoDelay', 'setKeepAlive']) {
      const method = own[name];
      own[name] = (...args: unknown[]) => {
        t.log(name, args[0], args[1]);
        return method.apply(handle, args);
      };
    }
    return onconnection.call(this, status, handle);
  };
  const client = t.connect();
  await t.once(server, 'connection');
  client.destroy();
});

scenario('a handle that another socket goes on with', { patience: 1500 }, async (t) => {
  const { client, peer, server } = await t.pair();
  const given = client as unknown as { _handle: unknown };
  const heir = t.watch(new t.net.Socket({ handle: given._handle } as object), 'heir', { data: true });
  given._handle = null;
  peer.end('hello');
  await t.closed(heir);
  server.close();
});
