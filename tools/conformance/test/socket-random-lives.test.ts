import type { Socket } from 'node:net';
import { it } from 'vitest';
import { scenario } from '../src/scenario.js';
import type { Stage } from '../src/stage.js';

/**
 * How many lives are tried; each is the same in every run. None on the host driver: the socket below reads ahead, and who drops
 * a connection with bytes unread in the kernel resets it, while bytes in the process do not count.
 */
const LIVES = process.env['NETSTRATA_DRIVER'] === 'host' ? 0 : Number(process.env['CONFORMANCE_LIVES'] ?? 60);

/** A sequence of numbers below a limit, the same for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed * 2654435761;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}

type Step = (socket: Socket, lane: string, t: Stage, roll: (limit: number) => number) => unknown;

const text = (roll: (limit: number) => number): string => 'abcdefghij'.slice(0, 1 + roll(9));

/** What can happen to a socket; those at the end are rare. */
const STEPS: [string, Step][] = [
  ['write', (socket, lane, t, roll) => socket.write(text(roll), t.callback(lane, 'write'))],
  ['write', (socket, _lane, _t, roll) => socket.write(text(roll))],
  ['write bytes', (socket, lane, t, roll) => socket.write(Buffer.from(text(roll)), t.callback(lane, 'write bytes'))],
  ['three writes', (socket, lane, t) => [socket.write('1'), socket.write('2', t.callback(lane, 'second')), socket.write('3')]],
  ['pause', (socket) => socket.pause().isPaused()],
  ['resume', (socket) => socket.resume().isPaused()],
  ['cork', (socket) => socket.cork()],
  ['uncork', (socket) => socket.uncork()],
  ['read', (socket) => String(socket.read())],
  ['read 2', (socket) => String(socket.read(2))],
  ['large write', (socket, lane, t) => socket.write(Buffer.alloc(70_000, 'L'), t.callback(lane, 'large write'))],
  ['end', (socket, lane, t) => socket.end(t.callback(lane, 'end')).writableEnded],
  ['end with data', (socket, lane, t, roll) => socket.end(text(roll), t.callback(lane, 'end')).writableEnded],
  ['unshift', (socket) => socket.unshift('u')],
  ['destroy', (socket) => socket.destroy().destroyed],
  ['destroy with an error', (socket) => socket.destroy(new Error('random')).destroyed],
  ['destroySoon', (socket) => socket.destroySoon()],
];

function step(t: Stage, socket: Socket, other: Socket | null, lane: string, roll: (limit: number) => number): void {
  // Once more where a rare one came up: lives should not all be short.
  let index = roll(STEPS.length);
  if (index > 10) index = roll(STEPS.length);
  const [name, act] = STEPS[index];
  // What a read of several chunks gives together changed with Node 26; a read is of no interest while data flows.
  if (name.startsWith('read') && socket.readableFlowing === true) return;
  if (name === 'read' || name === 'unshift') return;
  // Before Node 26 these still did something to a destroyed socket.
  if (socket.destroyed && (name === 'pause' || name === 'resume')) return;
  // When a write into nowhere fails depends on the moment, and on whether it was gathered.
  if (other?.destroyed === true && /write|end|Soon|uncork/.test(name)) return;
  t.attempt(name, () => act(socket, lane, t, roll), lane);
  // By contract a failed write is told of in the next tick, when the peer's end may have ended this side too.
  const failure: NodeJS.ErrnoException | null = socket.errored;
  if (failure?.code === 'EPIPE') return;
  const { readable, writable, destroyed, readyState, writableLength, writableNeedDrain, readableEnded, writableEnded, writableFinished } = socket;
  t.note(lane, 'flags', [readable, writable, destroyed, readableEnded, writableEnded, writableFinished, writableNeedDrain].map(Number).join(''), readyState, writableLength, socket.bytesWritten);
}

for (let life = 1; life <= LIVES; life++) {
  scenario(`random life ${life}`, { media: ['tcp4', 'ipc'] }, async (t) => {
    const roll = dice(life);
    const halves = [{ allowHalfOpen: roll(2) === 0 }, { allowHalfOpen: roll(2) === 0 }] as const;
    const early = roll(3) === 0;
    const marks = roll(3) === 0 ? { highWaterMark: 5 } : {};
    const server = await t.serve({ ...halves[0], ...marks });
    const arrival = t.once<[Socket]>(server, 'connection');
    const client = t.watch(t.connect({ ...halves[1], ...marks }), 'client');
    // In a lane of its own: how much arrives in one turn is the kernel's business.
    if (roll(2) === 0) t.watch(client, 'client data', { events: [], data: true });
    if (early) for (let i = 0; i < 3; i++) step(t, client, null, 'client', roll);
    if (client.destroyed) return;
    const [peer] = await arrival;
    t.watch(peer, 'peer');
    if (roll(2) === 0) t.watch(peer, 'peer data', { events: [], data: true });
    await t.turn(4);
    for (let i = 0; i < 14; i++) {
      const side = roll(2);
      const burst = 1 + roll(3);
      for (let j = 0; j < burst; j++) step(t, side === 0 ? client : peer, side === 0 ? peer : client, side === 0 ? 'client' : 'peer', roll);
      if (roll(3) === 0) t.ticks(side === 0 ? 'client' : 'peer', '', false);
      await t.turn(5);
    }
    client.resume();
    peer.resume();
    await t.turn(10);
  });
}

if (LIVES === 0) it.skip('random lives on the host driver', () => {});
