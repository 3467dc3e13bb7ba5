import fc from 'fast-check';
import { between, chance, list, rarely, shrinking } from './arbitraries.js';
import type { Step } from './program.js';

type Arg = Step['with'][number];
type Call = Pick<Step, 'what' | 'with'>;

const form = fc.constantFrom('bytes', 'bytes', 'view', 'utf8', 'utf8', 'latin1', 'hex', 'base64', 'utf16le');
const event = fc.constantFrom('connect', 'data', 'readable', 'drain', 'end', 'finish', 'error', 'close', 'ready', 'pause', 'timeout');
const size = shrinking(0, fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0, 1, 4096, 16_384, 65_536, 65_537) }, between(2, 30), between(30, 2000), between(60_000, 200_000)));
const delay = fc.constantFrom(1, 5, 50, 500, 5000);

function call(weight: number, what: string, ...args: readonly fc.Arbitrary<Arg>[]): fc.WeightedArbitrary<Call> {
  return { weight, arbitrary: fc.tuple(...args).map((drawn) => ({ what, with: drawn })) };
}

/** The operations on sockets, and how often each occurs. */
const socketCall = fc.oneof(
  call(16, 'write', size, form, fc.boolean()),
  // Several writes in one tick: many of them are coalesced.
  call(4, 'burst', shrinking(1, fc.oneof(between(2, 12), fc.constant(40))), shrinking(0, size.map((one) => Math.min(one, 20_000))), chance(30)),
  call(4, 'pour', shrinking(0, fc.constantFrom(1000, 100_000, 250_000)), shrinking(1, fc.constantFrom(100, 5000, 70_000)), form),
  call(5, 'end', chance(60)),
  call(3, 'endWith', size, form, fc.boolean()),
  call(3, 'destroy'),
  call(1, 'fail'),
  call(2, 'reset'),
  call(1, 'destroySoon'),
  call(5, 'pause'),
  call(7, 'resume'),
  call(2, 'cork'),
  call(3, 'uncork'),
  call(3, 'unshift', fc.constantFrom(1, 10, 70_000)),
  call(1, 'setEncoding', fc.constantFrom('utf8', 'latin1', 'hex', 'base64', 'utf16le')),
  call(2, 'setTimeout', delay),
  call(1, 'setKeepAlive', delay),
  call(1, 'stopListening'),
  call(2, 'read', fc.constantFrom(0, 1, 10, 5000)),
  call(2, 'reconnect'),
  call(1, 'abort'),
);

const serverCall = fc.oneof(call(4, 'close'), call(3, 'getConnections'), call(2, 'maxConnections', between(0, 2)), call(2, 'listen'));

/** Times relative to the step before: when a call is removed, the others keep their times. */
const gap = fc.oneof({ weight: 99, arbitrary: fc.constantFrom(0, 0, 0, 1, 2, 5, 20, 100, 500) }, fc.constantFrom(30_000, 100_000));
const step = fc.record({ call: fc.option(socketCall, { nil: undefined, freq: 1000 }), gap: shrinking(0, gap), side: fc.constantFrom('c', 'p'), inside: rarely(15, event) });

/** The operations on a client and on its peer. */
export const clientSteps = fc.record({ begin: fc.constantFrom(0, 0, 1, 50), steps: fc.oneof(list(step, 0, 6), list(step, 0, 16)) });
export const serverSteps = rarely(30, list(fc.tuple(fc.constantFrom(0, 1, 30, 100, 1000), serverCall), 1, 4));

/** Which argument says how many bytes a call writes. Before it is the number of repetitions, if it is not the first. */
const SIZES: Readonly<Record<string, number>> = { write: 0, endWith: 0, pour: 0, burst: 1 };

type Drawn<T> = T extends fc.Arbitrary<infer V> ? V : never;

/** All steps in order of time, with no more bytes than these. */
export function stepsOf(clients: readonly Drawn<typeof clientSteps>[], servers: readonly Drawn<typeof serverSteps>[], bytes: number): readonly Step[] {
  const all: Step[] = [];
  let left = bytes;
  const add = (step: Step): void => {
    const which = SIZES[step.what] ?? -1;
    const times = which > 0 ? Number(step.with[0]) : 1;
    const size = which < 0 ? 0 : Math.min(Number(step.with[which]), Math.max(1, Math.floor(left / 3 / times)));
    if (size * times > left) return;
    left -= size * times;
    all.push(which < 0 ? step : { ...step, with: step.with.with(which, size) });
  };
  clients.forEach(({ begin, steps }, i) => {
    let at = begin;
    add({ at, who: `c${i}`, what: 'connect', with: [] });
    for (const { gap: later, side, call: what, inside } of steps) {
      at += later;
      if (what !== undefined) add({ at, who: `${side}${i}`, ...what, ...(inside !== undefined && { inside }) });
    }
  });
  servers.forEach((steps = [], i) => { for (const [at, what] of steps) add({ at, who: `s${i}`, ...what }); });
  return all.sort((one, other) => one.at - other.at);
}
