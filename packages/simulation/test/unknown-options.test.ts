import { createNetwork } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { explore, simulate, type World } from '../src/index.js';
import { ask } from './support/programs.js';

const world = (): World => simulate({ seed: 1 });
const fault = { kind: 'partition', at: 0, for: 1, from: 0, to: 1 };

/** Everything that takes an object of options, with a name that it does not know; and what was meant. */
const MISSPELT: readonly (readonly [what: string, call: () => unknown, name: string, meant: string])[] = [
  ['simulate', () => simulate({ sed: 1 } as never), 'sed', 'seed'],
  ['simulate, in other letters', () => simulate({ lookupdelay: 1 } as never), 'lookupdelay', 'lookupDelay'],
  ['most', () => simulate({ most: { event: 1 } } as never), 'event', 'events'],
  ['a link', () => simulate({ link: { latncy: 1 } } as never), 'latncy', 'latency'],
  ['limits', () => simulate({ limits: { openFile: 1 } } as never), 'openFile', 'openFiles'],
  ['faults', () => simulate({ faults: { longst: 1 } } as never), 'longst', 'longest'],
  ['a fault', () => simulate({ faults: [{ ...fault, oneway: true }] } as never), 'oneway', 'oneWay'],
  ["a fault's link", () => simulate({ faults: [{ ...fault, kind: 'link', link: { lattency: 1 } }] } as never), 'lattency', 'latency'],
  ['a host', () => world().host('a', { bot: () => {} } as never), 'bot', 'boot'],
  ['a host with addresses', () => world().host('a', '10.0.0.1', { limit: {} } as never), 'limit', 'limits'],
  ["a host's limits", () => world().host('a', { limits: { backlg: 1 } } as never), 'backlg', 'backlog'],
  ['limit', () => { world().host('a').limit({ readrate: 1 } as never); }, 'readrate', 'readRate'],
  ['a partition', () => { const made = world(); made.partition(made.host('a'), made.host('b'), { onewy: true } as never); }, 'onewy', 'oneWay'],
  ['link', () => { const made = world(); made.link(made.host('a'), made.host('b'), { los: 0 } as never); }, 'los', 'loss'],
  ['replay', async () => { const made = world(); await made.run(ask); await made.replay({ untill: 3 } as never); }, 'untill', 'until'],
  ['explore', () => explore(ask, { run: 1 } as never), 'run', 'runs'],
  ["explore's faults", () => explore(ask, { faults: { kind: ['crash'] } } as never), 'kind', 'kinds'],
  ["explore's world", () => explore(ask, { world: { linc: {} } } as never), 'linc', 'link'],
  ['createNetwork', () => createNetwork({ observe: () => {} } as never), 'observe', 'observer'],
];

describe('an option that there is not is refused, with the one that was meant', () => {
  for (const [what, call, name, meant] of MISSPELT) {
    it(what, async () => {
      await expect((async () => { await call(); })()).rejects.toMatchObject({
        code: 'ERR_INVALID_ARG_VALUE', message: expect.stringMatching(new RegExp(`^There is no option "${name}" of [^.]+\\. Did you mean '${meant}'\\? There are: .*${meant}`)) as string,
      });
    });
  }

  it('nothing is meant by what is like none', () => {
    expect(() => simulate({ xyzzy: 1 } as never)).toThrow(/^There is no option "xyzzy" of simulate\. There are: seed, link,/);
  });

  it('what is no object is refused', () => {
    for (const given of [5, 'seed', true, () => {}, [{ kind: 'crash' }]]) {
      expect(() => simulate(given as never), typeof given).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    }
  });

  it('values of another type are refused', () => {
    for (const given of [{ seed: {} }, { seed: true }, { epoch: 'now' }, { most: { time: '5' } }, { most: { events: -1 } }, { faults: 5 }]) {
      expect(() => simulate(given as never), JSON.stringify(given)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/) as string }));
    }
    expect(() => simulate().host('a', { boot: {} as never })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  });

  it('what a class has between itself and its options is not looked at, and what is undefined is nothing', () => {
    class Options { seed = 5; describe(): string { return 'mine'; } }
    expect(simulate(new Options()).seed).toBe(5);
    expect(simulate({ seed: undefined, faults: undefined }).seed).toBe(0);
    expect(simulate(undefined).seed).toBe(0);
  });
});
