import { getDefaultHighWaterMark } from 'node:stream';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

/** Values of every kind, for arguments that want one of them. */
const VALUES: [string, unknown][] = [
  ['undefined', undefined], ['null', null], ['true', true], ['false', false], ['-1', -1], ['1.5', 1.5], ['NaN', Number.NaN], ['65536', 65536], ['Infinity', Infinity],
  ['1n', 1n], ["''", ''], ["' '", ' '], ["'abc'", 'abc'], ["'-1'", '-1'], ["'1.5'", '1.5'], ["'65536'", '65536'], ['symbol', Symbol('s')], ['object', {}], ['array', []], ['function', () => {}],
];

/** Calls, and records what is thrown or what the server then does. Only what must fail is given: nothing stays open. */
async function outcome(t: Stage, label: string, call: (server: import('node:net').Server) => unknown): Promise<void> {
  const server = t.net.createServer();
  const first = new Promise<void>((resolve) => {
    for (const event of ['error', 'listening']) {
      server.on(event, (...args: unknown[]) => {
        t.log(`${label}: ${event}`, ...args);
        resolve();
      });
    }
  });
  try {
    if (call(server) !== server) t.log(`${label}: does not chain`);
  } catch (error) {
    t.log(`${label} throws`, error);
    return;
  }
  await first;
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

scenario('ports of every kind', { media: ['tcp4'] }, async (t) => {
  for (const [label, port] of VALUES) {
    await outcome(t, `listen({ port: ${label} })`, (server) => server.listen({ port, host: '127.0.0.1' } as object));
  }
  for (const [label, port] of VALUES.slice(2)) {
    // A text that is no number is a path.
    if (typeof port === 'string' || typeof port === 'object') continue;
    await outcome(t, `listen(${label})`, (server) => server.listen(port as number, '127.0.0.1'));
  }
});

scenario('paths of every kind', { media: ['ipc'], since: 26 }, async (t) => {
  for (const [label, path] of VALUES.filter(([name]) => name !== "'abc'" && name !== "' '")) {
    await outcome(t, `listen({ path: ${label} })`, (server) => server.listen({ path } as object));
  }
});

scenario('a path with a NUL', { media: ['ipc'], since: 26 }, async (t) => {
  for (const path of ['/tmp/a\0b', '/tmp/x\0']) {
    await outcome(t, `listen on ${JSON.stringify(path)}`, (server) => server.listen({ path }));
    t.attempt(`connect to ${JSON.stringify(path)}`, () => t.track(t.watch(new t.net.Socket(), path)).connect({ path }).connecting);
    await t.turn(3);
  }
});

scenario('hosts of every kind', { media: ['tcp4'], since: 26 }, async (t) => {
  for (const [label, host] of VALUES.filter(([name]) => !["' '", 'true'].includes(name) && !/abc|1.5'|-1'|65536'/.test(name))) {
    await outcome(t, `listen({ host: ${label} })`, (server) => server.listen({ port: 0, host } as object));
  }
  await outcome(t, 'a NUL in the host', (server) => server.listen({ port: 0, host: 'a\0b' }));
});

scenario('listen without anything to listen on', { media: ['tcp4'] }, async (t) => {
  for (const [label, options] of [['{}', {}], ['{ host }', { host: 'localhost' }], ['{ fd: -1 }', { fd: -1 }], ['{ backlog }', { backlog: 3 }], ['{ handle: {} }', { handle: {} }], ['[]', []], ['{ path: "" }', { path: '' }], ['{ port: {} }', { port: {} }]] as const) {
    await outcome(t, `listen(${label})`, (server) => server.listen(options as object));
  }
});

scenario('listen on any port', { media: ['tcp4'] }, async (t) => {
  await outcome(t, 'listen()', (server) => server.listen());
  await outcome(t, 'listen(undefined)', (server) => server.listen(undefined));
  await outcome(t, 'listen(null)', (server) => server.listen(null as unknown as undefined));
  await outcome(t, 'listen(callback)', (server) => server.listen(t.callback('callbacks', 'listen')));
  await outcome(t, 'listen(null, callback)', (server) => server.listen(null as unknown as number, t.callback('callbacks', 'listen null')));
  await outcome(t, 'listen(0, 5, callback)', (server) => server.listen(0, 5, t.callback('callbacks', 'listen backlog')));
  await outcome(t, 'listen(0, host, 5, callback)', (server) => server.listen(0, '127.0.0.1', 5, t.callback('callbacks', 'listen host backlog')));
  await outcome(t, "listen('0')", (server) => server.listen('0'));
  await outcome(t, 'listen({ port: null })', (server) => server.listen({ port: null } as object));
  await outcome(t, 'listen({ port: undefined })', (server) => server.listen({ port: undefined } as object));
});

scenario('signals of every kind', { media: ['tcp4'] }, async (t) => {
  for (const [label, signal] of VALUES.slice(1)) {
    await outcome(t, `listen({ signal: ${label} })`, (server) => server.listen({ port: 0, signal } as object));
  }
});

scenario('access bits do not go with an abstract name', { media: ['ipc'], since: 24 }, async (t) => {
  await outcome(t, 'readableAll', (server) => server.listen({ path: '\0netstrata-x', readableAll: true }));
  await outcome(t, 'writableAll', (server) => server.listen({ path: '\0netstrata-x', writableAll: true }));
});

scenario('descriptors that are none', { media: ['tcp4'] }, async (t) => {
  await outcome(t, 'a number that is not open', (server) => server.listen({ fd: 987654 }));
});

scenario('what createServer takes', { media: ['tcp4'], since: 26 }, (t) => {
  const create = t.net.createServer as unknown as (...args: unknown[]) => { listenerCount(event: string): number };
  for (const [label, options] of VALUES) {
    t.attempt(`createServer(${label})`, () => create(options).listenerCount('connection'));
    t.attempt(`createServer({}, ${label})`, () => create({}, options).listenerCount('connection'));
    t.attempt(`createServer({ keepAliveInitialDelay: ${label} })`, () => create({ keepAliveInitialDelay: options }).listenerCount('connection'));
    t.attempt(`createServer({ highWaterMark: ${label} })`, () => {
      const { highWaterMark } = create({ highWaterMark: options }) as unknown as { highWaterMark: number };
      return highWaterMark !== options && highWaterMark === getDefaultHighWaterMark(false) ? 'the default' : highWaterMark;
    });
    t.attempt(`createServer({ blockList: ${label} })`, () => create({ blockList: options }).listenerCount('connection'));
  }
  t.attempt('createServer(null, listener)', () => create(null, () => {}).listenerCount('connection'));
  t.attempt('createServer(listener, listener)', () => create(() => {}, () => {}).listenerCount('connection'));
});

scenario('how Server can be made', { media: ['tcp4'] }, (t) => {
  const { Server } = t.net as unknown as { Server: { new (...args: unknown[]): object; (...args: unknown[]): object; call(self: object, ...args: unknown[]): void } };
  t.log('without new', Server() instanceof Server, Server({}, () => {}) instanceof Server);
  class Own extends Server {}
  t.log('class', new Own() instanceof Server);
  const old = Object.create(Server.prototype) as { listening: boolean; allowHalfOpen: boolean };
  Server.call(old, { allowHalfOpen: true });
  t.log('call', old.listening, old.allowHalfOpen);
  const Stranger = function () {} as unknown as new () => object;
  t.log('for a stranger', Reflect.construct(Server, [], Stranger) instanceof Server, Reflect.construct(t.net.Socket, [], Stranger) instanceof t.net.Socket);
  t.log('length', t.net.createServer.length, t.net.createServer.name);
});
