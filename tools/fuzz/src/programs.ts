import fc from 'fast-check';
import { eventName, SOCKET_OPERATIONS, THROWING } from './operations.js';
import type { Actor, Program, Step } from './program.js';
import { serverStep } from './server-operations.js';

const who = fc.constantFrom<Actor[]>('client', 'peer');

const call = fc.oneof(
  ...Object.entries(SOCKET_OPERATIONS).filter(([, { weight }]) => weight > 0).map(([what, { weight, args }]) => ({
    weight,
    arbitrary: args.map((given) => (given.length === 0 ? { what } : { what, with: given })),
  })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 50, arbitrary: fc.tuple(who, call).map(([actor, done]): Step => ({ who: actor, ...done })) },
  {
    weight: 7,
    arbitrary: fc.tuple(who, fc.oneof({ weight: 12, arbitrary: call }, { weight: THROWING.weight, arbitrary: fc.constant({ what: 'throw' }) }), eventName).map(
      // Later work of 'connect' is not done when a listener throws there.
      ([actor, done, inside]): Step => ({ who: actor, ...done, inside: done.what === 'throw' && inside === 'connect' ? 'data' : inside }),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ who: 'client', what: 'connect' }) },
  { weight: 3, arbitrary: serverStep },
  { weight: 18, arbitrary: fc.constant<Step>({ who: 'all', what: 'quiet' }) },
  { weight: 8, arbitrary: fc.constantFrom('tick', 'promise').map((what): Step => ({ who: 'all', what })) },
);

const mark = fc.option(fc.constantFrom(1, 5, 1024), { nil: undefined, freq: 4 });
const rarely = fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(true) });
const sometimes = fc.constantFrom(undefined, true);

/** Options that were not chosen are left out. */
function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Most programs begin with an established connection; some act before that. */
const opening = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step[]>([{ who: 'client', what: 'connect' }, { who: 'all', what: 'quiet' }]) },
  { weight: 2, arbitrary: fc.constant<Step[]>([{ who: 'client', what: 'connect' }]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([]) },
);

export const program: fc.Arbitrary<Program> = fc
  .record({
    medium: fc.constantFrom('tcp4', 'ipc'),
    // Without Nagle's algorithm, which would hold bytes back for some time.
    server: fc.record({ allowHalfOpen: sometimes, pauseOnConnect: rarely, highWaterMark: mark, noDelay: fc.constant(true) }).map(given),
    client: fc.record({ allowHalfOpen: sometimes, highWaterMark: mark, noDelay: fc.constant(true) }).map(given),
    opening,
    steps: fc.array(step, { minLength: 1, maxLength: 24, size: 'max' }),
  })
  .map(({ opening: first, steps, ...rest }) => ({ ...rest, steps: [...first, ...steps] }));
