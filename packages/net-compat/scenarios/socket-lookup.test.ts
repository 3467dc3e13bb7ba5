import type { LookupFunction, NetConnectOpts } from 'node:net';
import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

const TCP = { media: ['tcp4'] } as const;

type Answer = [error: Error | null, address: unknown, family?: unknown];

/** A resolver that gives one answer, and writes down what it was asked. */
function resolver(t: Stage, answer: (options: { all?: boolean }) => Answer, sync = false): LookupFunction {
  return ((host: string, options: { all?: boolean }, callback: (...args: unknown[]) => void) => {
    t.log('asked', host, options);
    if (sync) callback(...answer(options));
    else process.nextTick(callback, ...answer(options));
  }) as unknown as LookupFunction;
}

function port(t: Stage): number {
  return (t.target() as { port: number }).port;
}

for (const [what, more] of [
  ['nothing else', {}],
  ['family 4', { family: 4 }],
  ['family 0', { family: 0 }],
  ["family 'IPv4'", { family: 'IPv4' }],
  ['hints', { hints: 0x20 }],
  ['localAddress', { localAddress: '127.0.0.1' }],
  ['autoSelectFamily false', { autoSelectFamily: false }],
  ['autoSelectFamily true', { autoSelectFamily: true }],
  ['an unknown family', { family: 7 }],
] as const) {
  scenario(`a lookup function with ${what}`, TCP, async (t) => {
    await t.serve((peer) => peer.end());
    const lookup = resolver(t, ({ all }) => (all ? [null, [{ address: '127.0.0.1', family: 4 }]] : [null, '127.0.0.1', 4]));
    const socket = t.watch(t.track(t.net.connect({ port: port(t), host: 'somewhere', lookup, ...more } as NetConnectOpts)), 'client');
    socket.resume();
    await t.closed(socket);
  });
}

scenario('a lookup function that answers at once', TCP, async (t) => {
  await t.serve((peer) => peer.end());
  const lookup = resolver(t, () => [null, [{ address: '127.0.0.1', family: 4 }]], true);
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect({ port: port(t), host: 'somewhere', lookup });
  t.ticks('client', 'connect');
  socket.resume();
  await t.closed(socket);
});

const BAD_ANSWERS: [string, Answer, Answer][] = [
  ['an error', [Object.assign(new Error('nobody knows'), { code: 'ENOTFOUND' }), undefined], [Object.assign(new Error('nobody knows'), { code: 'ENOTFOUND' }), undefined]],
  ['no address', [null, undefined, 4], [null, [{ address: undefined, family: 4 }]]],
  ['a name', [null, 'localhost', 4], [null, [{ address: 'localhost', family: 4 }]]],
  ['an unknown family', [null, '127.0.0.1', 100], [null, [{ address: '127.0.0.1', family: 100 }]]],
  ['a family of text', [null, '127.0.0.1', 'IPv4'], [null, [{ address: '127.0.0.1', family: 'IPv4' }]]],
];

for (const [what, one, all] of BAD_ANSWERS) {
  for (const autoSelectFamily of [false, true]) {
    scenario(`a lookup function that gives ${what}${autoSelectFamily ? ', of all addresses' : ''}`, TCP, async (t) => {
      const lookup = resolver(t, () => (autoSelectFamily ? all : one));
      const socket = t.watch(t.track(new t.net.Socket()), 'client');
      socket.connect({ port: 1, host: 'somewhere', lookup, autoSelectFamily });
      // No mark for the turn: the builtin has a handle to close by now, ours has nothing yet.
      t.ticks('client', 'connect', false);
      await t.closed(socket);
    });
  }
}

scenario('an address of the wrong family, with no host and port in text', TCP, async (t) => {
  const lookup = resolver(t, () => [null, '127.0.0.1', 9]);
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect({ port: '1' as unknown as number, lookup, autoSelectFamily: false });
  await t.closed(socket);
});

scenario('destroyed before the answer', TCP, async (t) => {
  await t.serve();
  let answer: () => void = () => {};
  const lookup = ((_host: string, _options: object, callback: (...args: unknown[]) => void) => {
    answer = () => callback(null, '127.0.0.1', 4);
  }) as unknown as LookupFunction;
  const socket = t.watch(t.track(t.net.connect({ port: port(t), host: 'somewhere', lookup, autoSelectFamily: false })), 'client');
  socket.destroy();
  await t.closed(socket);
  answer();
  await t.turn(3);
});

scenario('destroyed in the listener of lookup', TCP, async (t) => {
  await t.serve();
  for (const autoSelectFamily of [false, true]) {
    const lookup = resolver(t, () => (autoSelectFamily ? [null, [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]] : [null, '127.0.0.1', 4]));
    const lane = `client ${autoSelectFamily}`;
    const socket = t.watch(t.track(t.net.connect({ port: port(t), host: 'somewhere', lookup, autoSelectFamily })), lane);
    socket.on('lookup', () => socket.destroy());
    await t.closed(socket);
    await t.turn(3);
  }
});

scenario('a timeout while the lookup is under way', TCP, async (t) => {
  const lookup = (() => {}) as unknown as LookupFunction;
  const socket = t.watch(t.track(t.net.connect({ port: 1, host: 'somewhere', lookup, timeout: 5 })), 'client');
  await t.once(socket, 'timeout');
  t.log('state', socket.connecting, socket.readyState, socket.pending, socket.destroyed);
  socket.destroy();
  await t.closed(socket);
});

scenario('addresses are tried in turn, families alternating', { media: ['tcp4'] }, async (t) => {
  await t.serve((peer) => peer.end());
  const addresses = [
    { address: '127.0.0.2', family: 4 }, { address: '127.0.0.3', family: 4 }, { address: '::1', family: 6 },
    { address: '127.0.0.2', family: 4 }, { address: 'x', family: 4 }, { address: '127.0.0.1', family: 4 },
  ];
  const lookup = resolver(t, () => [null, addresses]);
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect({ port: port(t), host: 'somewhere', lookup });
  socket.resume();
  await t.closed(socket);
  t.log('tried', socket.autoSelectFamilyAttemptedAddresses);
});

scenario('every address refuses', { media: ['tcp4'] }, async (t) => {
  const { port: nobody } = (await t.nowhere()) as { port: number };
  const lookup = resolver(t, () => [null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]]);
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.connect({ port: nobody, host: 'somewhere', lookup });
  await t.closed(socket);
  t.log('tried', socket.autoSelectFamilyAttemptedAddresses, socket.connecting, socket.destroyed);
});

scenario('destroyed between two attempts', { media: ['tcp4'] }, async (t) => {
  const { port: nobody } = (await t.nowhere()) as { port: number };
  const lookup = resolver(t, () => [null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]]);
  const socket = t.watch(t.track(new t.net.Socket()), 'client');
  socket.on('connectionAttemptFailed', () => socket.destroy());
  socket.connect({ port: nobody, host: 'somewhere', lookup });
  await t.closed(socket);
  t.log('tried', socket.autoSelectFamilyAttemptedAddresses);
});

scenario('defaults for several addresses', TCP, (t) => {
  const before = t.net.getDefaultAutoSelectFamily();
  t.log('is a boolean', before, typeof t.net.getDefaultAutoSelectFamilyAttemptTimeout());
  for (const value of ['x', 1, null, undefined]) t.attempt('setDefaultAutoSelectFamily', () => t.net.setDefaultAutoSelectFamily(value as never));
  for (const value of ['x', 0, -1, 1.5, null, undefined, 2 ** 31]) {
    t.attempt('setDefaultAutoSelectFamilyAttemptTimeout', () => t.net.setDefaultAutoSelectFamilyAttemptTimeout(value as never));
  }
  const timeout = t.net.getDefaultAutoSelectFamilyAttemptTimeout();
  t.net.setDefaultAutoSelectFamilyAttemptTimeout(3);
  t.log('at least', t.net.getDefaultAutoSelectFamilyAttemptTimeout());
  t.net.setDefaultAutoSelectFamilyAttemptTimeout(timeout);
});

scenario('a host name that the system knows', TCP, async (t) => {
  await t.serve((peer) => peer.end());
  const socket = t.watch(t.track(t.net.connect({ port: port(t), host: 'localhost', family: 4 })), 'client');
  socket.resume();
  await t.closed(socket);
});

scenario('blockList keeps a socket from connecting', { media: ['tcp4'], since: 24 }, async (t) => {
  await t.serve();
  const blockList = new t.net.BlockList();
  blockList.addAddress('127.0.0.1');
  const socket = t.watch(t.track(new t.net.Socket({ blockList })), 'client');
  socket.connect(t.target());
  await t.closed(socket);
  const lookup = resolver(t, () => [null, [{ address: '127.0.0.1', family: 4 }, { address: '::ffff:127.0.0.1', family: 6 }]]);
  const other = t.watch(t.track(new t.net.Socket({ blockList })), 'several');
  other.connect({ port: port(t), host: 'somewhere', lookup });
  await t.closed(other);
});
