import type { Socket } from 'node:net';
import { hostileBut, type Hostile } from './support/hostile.js';
import { scenario } from './support/scenario.js';
import { throwingGetter, throwingProxy } from './support/strange-objects.js';
import type { Stage } from './support/stage.js';

type Connect = (...args: unknown[]) => Socket;

/** What happens until it is decided whether there is a connection. */
async function outcome(t: Stage, lane: string, call: (socket: Socket) => Socket): Promise<void> {
  const socket = new t.net.Socket();
  t.watch(socket, lane, { events: ['lookup', 'connectionAttempt', 'connect', 'error', 'close'] });
  t.track(socket);
  const decided = new Promise((resolve) => socket.once('connect', resolve).once('error', resolve).once('close', resolve));
  try {
    if (call(socket) !== socket) t.note(lane, 'does not chain');
  } catch (error) {
    t.note(lane, 'throws', error);
    return;
  }
  t.note(lane, 'on its way', socket.connecting, socket.pending, socket.timeout);
  await decided;
  socket.destroy();
  await t.turn(3);
}

/** Options, and for which values of them nothing foreseeable happens. */
const OPTIONS: [name: string, leaveOut?: (value: unknown) => boolean, since?: number][] = [
  ['localAddress'], ['localPort', (value) => typeof value === 'number' && Math.abs(value) > 0],
  ['family'], ['hints'], ['autoSelectFamily'], ['autoSelectFamilyAttemptTimeout'], ['timeout', (value) => typeof value === 'number' && value > 0 && value < 1000], ['noDelay'], ['keepAlive'],
  ['keepAliveInitialDelay'], ['allowHalfOpen'], ['lookup'], ['signal'], ['onread'], ['blockList'], ['highWaterMark'], ['readable'], ['writable'], ['path', (value) => typeof value === 'string' && (value.includes('\0') || value.length > 100)], ['handle'],
];

for (const [option, leaveOut = () => false, since] of OPTIONS) {
  scenario(`connect to an address and anything as ${option}`, { media: ['tcp4'], ...(since && { since }) }, async (t) => {
    await t.serve();
    for (const [label, make] of hostileBut(leaveOut)) {
      await outcome(t, label, (socket) => (socket.connect as Connect).call(socket, t.target({ [option]: make() })));
    }
    await outcome(t, 'a getter that throws', (socket) => (socket.connect as Connect).call(socket, Object.assign(throwingGetter(option), t.target())));
  });
}

/** Up to Node 20 a host could be a number. */
for (const option of ['host', 'family', 'hints', 'autoSelectFamily', 'localAddress'] as const) {
  scenario(`connect by a lookup and anything as ${option}`, { media: ['tcp4'], ...(option === 'host' && { since: 22 }) }, async (t) => {
    await t.serve();
    for (const [label, make] of hostileBut((value) => option === 'host' && (typeof value === 'string' && value.includes('\0')))) {
      const lookup = (host: unknown, options: unknown, callback: (...args: unknown[]) => void): void => {
        t.note(label, 'asks for', host, options);
        process.nextTick(callback, null, (options as { all?: boolean }).all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
      };
      await outcome(t, label, (socket) => (socket.connect as Connect).call(socket, { ...t.target(), host: 'some.host', lookup, [option]: make() }));
    }
  });
}

/** Answers of a lookup: anything as the address, as its family, as all addresses, as the error. */
const ANSWERS: [string, (value: unknown) => unknown[]][] = [
  ['address', (value) => [null, value, 4]], ['family', (value) => [null, '127.0.0.1', value]], ['error', (value) => [value, '127.0.0.1', 4]],
  ['all addresses', (value) => [null, value]], ['address among all', (value) => [null, [{ address: value, family: 4 }]]], ['family among all', (value) => [null, [{ address: '127.0.0.1', family: value }]]],
];

for (const [what, answer] of ANSWERS) {
  scenario(`a lookup that gives anything as the ${what}`, { media: ['tcp4'] }, async (t) => {
    await t.serve();
    const autoSelectFamily = what.includes('all');
    for (const [label, make] of hostileBut((value) => isImpossible(what, value))) {
      await outcome(t, label, (socket) => {
        const lookup = (_host: unknown, _options: unknown, callback: (...args: unknown[]) => void): void => {
          setImmediate(() => {
            t.attempt('the callback', () => callback(...answer(make())), label);
            // One that threw leaves the socket where it was.
            setImmediate(() => socket.connecting && socket.destroy());
          });
        };
        return (socket.connect as Connect).call(socket, { ...t.target(), host: 'some.host', lookup, autoSelectFamily });
      });
    }
  });
}

/** What the builtin throws at the lookup, in words of V8's: ours fails the socket. */
function isImpossible(what: string, value: unknown): boolean {
  if (typeof value === 'symbol') return true;
  if (what === 'all addresses') return !Array.isArray(value) || value.length === 0;
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === null || value.toString === value.valueOf;
}

/** Says whether it is refused, and leaves at once: a port that is one may be anybody's. */
function glance(t: Stage, lane: string, label: string, call: () => Socket): void {
  t.attempt(label, () => {
    const socket = t.track(call());
    socket.on('error', () => {});
    const seen = [socket.connecting, socket.pending, socket.destroyed, socket.readyState, socket.timeout];
    socket.destroy();
    return seen;
  }, lane);
}

const noNul: readonly Hostile[] = hostileBut((value) => typeof value === 'string' && (value.includes('\0') || value.length > 100));

scenario('connect to anything', { media: ['tcp4'] }, (t) => {
  const socket = (): Socket => t.track(new t.net.Socket().on('error', () => {}));
  for (const [label, make] of noNul) {
    glance(t, 'net.connect', label, () => (t.net.connect as Connect)(make()));
    glance(t, 'socket.connect', label, () => (socket().connect as Connect)(make()));
    glance(t, 'port', label, () => (t.net.connect as Connect)({ port: make(), host: '127.0.0.1' }));
    glance(t, 'path', label, () => (t.net.connect as Connect)({ path: make() }));
    glance(t, 'port and path', label, () => (t.net.connect as Connect)({ path: make(), port: 1, host: '127.0.0.1' }));
    glance(t, 'then a host', label, () => (t.net.connect as Connect)(1, make()));
    glance(t, 'then a listener', label, () => (t.net.connect as Connect)({ port: 1, host: '127.0.0.1' }, make()));
    glance(t, 'host, then a listener', label, () => (t.net.connect as Connect)(1, '127.0.0.1', make()));
  }
  glance(t, 'net.connect', 'a proxy that throws', () => (t.net.connect as Connect)(throwingProxy()));
  for (const name of ['port', 'host', 'path', 'timeout']) glance(t, 'net.connect', `throwing ${name}`, () => (t.net.connect as Connect)(throwingGetter(name)));
});
