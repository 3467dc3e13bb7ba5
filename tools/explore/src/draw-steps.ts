import type { Random } from '@netstrata/simulation';
import type { ClientPlan, ServerPlan, Step } from './program.js';

type Args = (random: Random, most: number) => readonly (number | string | boolean)[];
type Draw = readonly [weight: number, what: string, args?: Args];

const FORMS = ['bytes', 'bytes', 'view', 'utf8', 'utf8', 'latin1', 'hex', 'base64', 'utf16le'];
const EVENTS = ['connect', 'data', 'readable', 'drain', 'end', 'finish', 'error', 'close', 'ready', 'pause', 'timeout'];

function size(random: Random, most: number): number {
  const wanted = random.pick([0, 1, random.integer(2, 30), random.integer(30, 2000), 4096, 16_384, 65_536, 65_537, random.integer(60_000, 200_000)]);
  return Math.min(wanted, Math.max(1, Math.floor(most)));
}

const write: Args = (random, most) => [size(random, most), random.pick(FORMS), random.chance(0.5)];
/** Several writes in one tick: many of them gather. */
const drawBurst: Args = (random, most) => {
  const count = random.pick([random.integer(2, 12), 40]);
  return [count, Math.min(size(random, most / count), count === 40 ? 6000 : 20_000), random.chance(0.3)];
};
const delay: Args = (random) => [random.pick([1, 5, 50, 500, 5000])];

/** What is done to sockets, and how often. */
const CALLS: readonly Draw[] = [
  [16, 'write', write],
  [4, 'burst', drawBurst],
  [4, 'pour', (random, most) => [Math.min(random.pick([1000, 100_000, 250_000]), Math.floor(most)), random.pick([100, 5000, 70_000]), random.pick(FORMS)]],
  [5, 'end', (random) => [random.chance(0.6)]],
  [3, 'endWith', write],
  [3, 'destroy'],
  [1, 'fail'],
  [2, 'reset'],
  [1, 'destroySoon'],
  [5, 'pause'],
  [7, 'resume'],
  [2, 'cork'],
  [3, 'uncork'],
  [3, 'unshift', (random) => [random.pick([1, 10, 70_000])]],
  [1, 'setEncoding', (random) => [random.pick(['utf8', 'latin1', 'hex', 'base64', 'utf16le'])]],
  [2, 'setTimeout', delay],
  [1, 'setKeepAlive', delay],
  [1, 'stopListening'],
  [2, 'read', (random) => [random.pick([0, 1, 10, 5000])]],
  [2, 'reconnect'],
  [1, 'abort'],
];

const SERVER_CALLS: readonly Draw[] = [
  [4, 'close'],
  [3, 'getConnections'],
  [2, 'maxConnections', (random) => [random.integer(0, 2)]],
  [2, 'listen'],
];

function pick(random: Random, draws: readonly Draw[]): Draw {
  let left = random.integer(1, draws.reduce((sum, [weight]) => sum + weight, 0));
  for (const draw of draws) {
    left -= draw[0];
    if (left <= 0) return draw;
  }
  return draws[0];
}

/** Bytes that a step may write. */
function bytesIn({ what, with: args }: Step): number {
  if (what === 'write' || what === 'endWith' || what === 'pour') return Number(args[0]);
  return what === 'burst' ? Number(args[0]) * Number(args[1]) : 0;
}

/** What the sockets do, in no more bytes than these. */
export function drawSteps(random: Random, servers: readonly ServerPlan[], clients: readonly ClientPlan[], bytes: number): readonly Step[] {
  const steps: Step[] = [];
  let left = bytes;
  const add = (step: Step): void => {
    const size = bytesIn(step);
    if (size > left) return;
    left -= size;
    steps.push(step);
  };
  clients.forEach((_, i) => {
    const begin = random.pick([0, 0, 1, 50]);
    add({ at: begin, who: `c${i}`, what: 'connect', with: [] });
    let at = begin;
    for (let count = random.integer(0, random.pick([6, 16])); count > 0; count--) {
      at += random.chance(0.01) ? random.pick([30_000, 100_000]) : random.pick([0, 0, 0, 1, 2, 5, 20, 100, 500]);
      const [, what, args] = pick(random, CALLS);
      const step: Step = { at, who: `${random.pick(['c', 'p'])}${i}`, what, with: args?.(random, left / 3) ?? [] };
      add(random.chance(0.15) ? { ...step, inside: random.pick(EVENTS) } : step);
    }
  });
  servers.forEach((_, i) => {
    if (!random.chance(0.3)) return;
    for (let count = random.integer(1, 4); count > 0; count--) {
      const [, what, args] = pick(random, SERVER_CALLS);
      add({ at: random.pick([0, 1, 30, 100, 1000]), who: `s${i}`, what, with: args?.(random, 0) ?? [] });
    }
  });
  return steps.sort((one, other) => one.at - other.at);
}
