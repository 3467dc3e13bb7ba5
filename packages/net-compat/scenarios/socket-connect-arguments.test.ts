import type { NetConnectOpts, Socket } from 'node:net';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

type Connect = (...args: unknown[]) => Socket;

/** The three ways to reach `connect`. */
function connectors(t: Stage): [string, Connect][] {
  return [
    ['net.connect', t.net.connect as unknown as Connect],
    ['net.createConnection', t.net.createConnection as unknown as Connect],
    ['socket.connect', (...args) => (new t.net.Socket().connect as (...all: unknown[]) => Socket).call(new t.net.Socket(), ...args)],
  ];
}

const FORMS: [string, (t: Stage, listener: () => void) => unknown[]][] = [
  ['options', (t) => [t.target()]],
  ['options and a listener', (t, listener) => [t.target(), listener]],
  ['its short form', (t) => short(t)],
  ['its short form and a listener', (t, listener) => [...short(t), listener]],
  ['its short form, something in between and a listener', (t, listener) => [...short(t), undefined, listener]],
];

function short(t: Stage): unknown[] {
  const target = t.target();
  return 'path' in target ? [target.path] : [target.port, target.host];
}

for (const [form, args] of FORMS) {
  scenario(`connect with ${form}`, async (t) => {
    await t.serve((peer) => peer.end());
    for (const [name, connect] of connectors(t)) {
      const socket = t.watch(t.track(connect(...args(t, t.callback(name, 'listener')))), name);
      t.note(name, 'is a socket', socket instanceof t.net.Socket, socket.connecting);
      socket.resume();
      await t.closed(socket);
    }
  });
}

scenario('connect with a port in text', { media: ['tcp4'] }, async (t) => {
  await t.serve((peer) => peer.end());
  const { port } = t.target() as { port: number };
  for (const [name, connect] of connectors(t)) {
    const socket = t.watch(t.track(connect(String(port), '127.0.0.1')), name);
    socket.resume();
    await t.closed(socket);
  }
});

scenario('connect with a port alone goes to localhost', { media: ['tcp4'] }, async (t) => {
  const server = t.net.createServer((peer) => peer.end());
  await t.listen(server);
  const { port } = t.target() as { port: number };
  const socket = t.watch(t.track(t.net.connect({ port, family: 4 })), 'client');
  socket.resume();
  await t.closed(socket);
});

const INVALID: [string, unknown[], since?: number][] = [
  ['nothing', []],
  ['undefined', [undefined]],
  ['null', [null]],
  ['an empty object', [{}]],
  ['a function alone', [(): void => {}]],
  ['an empty text', ['']],
  ['true', [true]],
  ['NaN', [Number.NaN]],
  ['a path of undefined', [{ path: undefined }]],
  ['a path of null', [{ path: null }]],
  ['a path of a number', [{ path: 1 }]],
  ['a path of an object', [{ path: {} }]],
  ['a port of null', [{ port: null }]],
  ['a port of true', [{ port: true }]],
  ['a port of an object', [{ port: {} }]],
  ['a port of an array', [{ port: [1] }]],
  ['a port of a symbol', [{ port: Symbol('x') }]],
  ['a port of a bigint', [{ port: 1n }]],
  ['port -1', [{ port: -1 }]],
  ['port -1 alone', [-1]],
  ['port 65536', [{ port: 65536 }]],
  ['port 65536 alone', [65536]],
  ['port 1.5', [{ port: 1.5 }]],
  ['port NaN', [{ port: Number.NaN }]],
  ['port Infinity', [{ port: Number.POSITIVE_INFINITY }]],
  ['a port of blanks', [{ port: ' ' }]],
  ['a port that is no number', [{ port: '12a' }]],
  ['a port of text that is too large', [{ port: '65536' }]],
  ['a host of a number', [{ port: 1, host: 1 }]],
  ['a host of true', [{ port: 1, host: true }]],
  ['a host of an object', [{ port: 1, host: {} }]],
  ['a host with a NUL', [{ port: 1, host: 'local\0host' }], 26],
  ['an address with a NUL', [{ port: 1, host: '127.0.0.1\0' }], 26],
  ['localAddress of a name', [{ port: 1, host: '127.0.0.1', localAddress: 'localhost' }]],
  ['localAddress of a number', [{ port: 1, host: '127.0.0.1', localAddress: 5 }]],
  ['localPort of text', [{ port: 1, host: '127.0.0.1', localPort: '1' }]],
  ['localPort true', [{ port: 1, host: '127.0.0.1', localPort: true }]],
  ['lookup of text', [{ port: 1, host: 'localhost', lookup: 'x' }]],
  ['lookup of an object', [{ port: 1, host: 'localhost', lookup: {} }]],
  ['lookup 1', [{ port: 1, host: 'localhost', lookup: 1 }]],
  ['lookup of text beside an address', [{ port: 1, host: '127.0.0.1', lookup: 'x' }]],
  ['family 5', [{ port: 1, host: 'localhost', family: 5 }]],
  ['a family of text', [{ port: 1, host: 'localhost', family: 'x' }]],
  ['family 5 beside an address', [{ port: 1, host: '127.0.0.1', family: 5 }]],
  ['hints that are none', [{ port: 1, host: 'localhost', hints: 1 }]],
  ['hints of text', [{ port: 1, host: 'localhost', hints: 'x' }]],
  ['autoSelectFamily of text', [{ port: 1, host: 'localhost', autoSelectFamily: 'x' }]],
  ['autoSelectFamily beside an address', [{ port: 1, host: '127.0.0.1', autoSelectFamily: 1 }]],
  ['autoSelectFamily null', [{ port: 1, host: '127.0.0.1', autoSelectFamily: null }]],
  ['autoSelectFamilyAttemptTimeout 0', [{ port: 1, host: '127.0.0.1', autoSelectFamilyAttemptTimeout: 0 }]],
  ['autoSelectFamilyAttemptTimeout -10', [{ port: 1, host: '127.0.0.1', autoSelectFamilyAttemptTimeout: -10 }]],
  ['autoSelectFamilyAttemptTimeout of text', [{ port: 1, host: '127.0.0.1', autoSelectFamilyAttemptTimeout: '10' }]],
  ['autoSelectFamilyAttemptTimeout null', [{ port: 1, host: '127.0.0.1', autoSelectFamilyAttemptTimeout: null }]],
  ['a timeout of text', [{ port: 1, host: '127.0.0.1', timeout: 'x' }]],
  ['a timeout of -1', [{ port: 1, host: '127.0.0.1', timeout: -1 }]],
  ['a timeout of Infinity', [{ port: 1, host: '127.0.0.1', timeout: Number.POSITIVE_INFINITY }]],
];

for (const [what, args, since] of INVALID) {
  scenario(`connect and ${what}`, { media: ['tcp4'], ...(since !== undefined && { since }) }, (t) => {
    const found: string[] = [];
    for (const [name, connect] of connectors(t)) {
      t.attempt(name, () => {
        const socket = t.track(connect(...args).on('error', () => {}));
        found.push(name);
        return socket.connecting;
      });
    }
    const socket = new t.net.Socket();
    t.attempt('socket.connect', () => t.track((socket.connect as Connect)(...args).on('error', () => {})).connecting);
    t.log('afterwards', socket.connecting, socket.pending, socket.readyState, socket.destroyed, found.length);
  });
}

scenario('the listener is registered before the arguments are checked', { media: ['tcp4'] }, (t) => {
  const socket = new t.net.Socket();
  t.attempt('connect', () => socket.connect({} as NetConnectOpts, () => {}));
  t.log('listeners', socket.listenerCount('connect'));
});

scenario('net.connect takes options of the constructor', async (t) => {
  await t.serve({ allowHalfOpen: true }, (peer) => peer.end('hi'));
  const socket = t.watch(t.connect({ allowHalfOpen: true, readableHighWaterMark: 7, timeout: 60_000 }), 'client', { data: true });
  t.log('options', socket.allowHalfOpen, socket.readableHighWaterMark, socket.timeout);
  await t.once(socket, 'end');
  t.log('still writable', socket.writable);
  socket.end();
  await t.closed(socket);
});

scenario('connect returns its socket', async (t) => {
  await t.serve();
  const socket = t.track(new t.net.Socket());
  t.log('same', socket.connect(t.target()) === socket);
  for (const call of ['setTimeout', 'setNoDelay', 'setKeepAlive', 'ref', 'unref', 'pause', 'resume', 'end', 'destroy', 'setEncoding'] as const) {
    t.log(call, (socket[call] as (value?: unknown) => unknown)(call === 'setTimeout' ? 0 : undefined) === socket);
  }
  await t.closed(socket);
  t.log('closed', socket.destroyed, socket.writableEnded, socket.readableEncoding, socket.isPaused());
});

scenario('_normalizeArgs', { media: ['tcp4'] }, (t) => {
  const normalize = (t.net as unknown as { _normalizeArgs(args: unknown[]): unknown[] })._normalizeArgs;
  const listener = (): void => {};
  const shapes: unknown[][] = [
    [], [undefined], [null], [8080], ['8080'], [8080, 'host'], [8080, 'host', listener], [8080, listener], ['/path'], ['/path', listener], [{ port: 1 }],
    [{ port: 1 }, listener], ['-1'], ['0x10'], [8080, 5, listener], [listener], [{ path: 'p' }, 1, 2, listener], [true], [''],
  ];
  for (const shape of shapes) t.log('of', shape, [...normalize(shape)]);
});
