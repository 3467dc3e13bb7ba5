import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { explore, simulate, type Fault, type FaultKind } from '../src/index.js';
import { ask } from './support/programs.js';

const code = (of: string) => expect.objectContaining({ code: of }) as unknown;

describe('what makes no sense is refused at once', () => {
  it('conditions of links', () => {
    for (const link of [{ loss: 1 }, { loss: 2 }, { loss: -1 }, { segment: 0 }, { segment: [5, 1] as const }, { bandwidth: 0 }, { latency: -1 }, { latency: Number.NaN }, { jitter: Infinity }]) {
      expect(() => simulate({ link }), JSON.stringify(link)).toThrow(code('ERR_OUT_OF_RANGE'));
    }
    expect(() => simulate({ link: { latency: '5ms' as never } })).toThrow(code('ERR_INVALID_ARG_TYPE'));
    expect(() => simulate({ link: { latncy: 5 } as never })).toThrow(code('ERR_INVALID_ARG_VALUE'));
  });

  it('limits', () => {
    expect(() => simulate({ limits: { sendBuffer: 0 } })).toThrow(code('ERR_OUT_OF_RANGE'));
    expect(() => simulate({ limits: { ephemeralPorts: [1, 70_000] } })).toThrow(code('ERR_OUT_OF_RANGE'));
    expect(() => simulate({ limits: { openFile: 1 } as never })).toThrow(code('ERR_INVALID_ARG_VALUE'));
    expect(() => { simulate().host('a').limit({ openFiles: 'many' as never }); }).toThrow(code('ERR_INVALID_ARG_TYPE'));
  });

  it('faults', async () => {
    const refused = (fault: object) => expect(() => simulate({ faults: [fault as Fault] }), JSON.stringify(fault));
    refused({ kind: 'prtition', at: 0, for: 1, from: 0, to: 1 }).toThrow(code('ERR_INVALID_ARG_VALUE'));
    refused({ kind: 'pause', at: 0, host: 0 }).toThrow(code('ERR_INVALID_ARG_TYPE'));
    refused({ kind: 'pause', at: -1, for: 1, host: 0 }).toThrow(code('ERR_OUT_OF_RANGE'));
    refused({ kind: 'pause', at: 0, for: 1 }).toThrow(code('ERR_INVALID_ARG_TYPE'));
    refused({ kind: 'link', at: 0, for: 1, from: 0, to: 1 }).toThrow(code('ERR_INVALID_ARG_TYPE'));
    refused({ kind: 'link', at: 0, for: 1, from: 0, to: 1, link: { loss: 2 } }).toThrow(code('ERR_OUT_OF_RANGE'));
    refused({ kind: 'slow reader', at: 0, for: 1, host: 0, rate: 0 }).toThrow(code('ERR_OUT_OF_RANGE'));
    refused({ kind: 'reset', at: 0, from: 0, to: 1 }).toThrow(code('ERR_OUT_OF_RANGE'));
    expect(() => simulate({ faults: { kinds: [] } })).toThrow(code('ERR_INVALID_ARG_TYPE'));
    await expect(explore(ask, { faults: { kinds: ['crsh' as FaultKind] } })).rejects.toThrow(code('ERR_INVALID_ARG_VALUE'));
  });

  it('names, and numbers of runs', async () => {
    const world = simulate();
    world.host('db');
    expect(() => world.host('DB')).toThrow(code('ERR_HOST_EXISTS'));
    expect(() => world.host('a b')).toThrow(code('ERR_INVALID_ARG_VALUE'));
    expect(() => world.host('')).toThrow(code('ERR_INVALID_ARG_VALUE'));
    expect(() => world.host('c', { routes: [] as never })).toThrow(code('ERR_INVALID_ARG_TYPE'));
    world.host('c');
    expect(() => { world.name('api', 'nonsense'); }).toThrow(code('ERR_INVALID_IP_ADDRESS'));
    world.name('api', '10.0.0.9');
    expect(() => simulate({ lookupDelay: Number.NaN })).toThrow(code('ERR_OUT_OF_RANGE'));
    await expect(explore(ask, { runs: Number.NaN })).rejects.toThrow(code('ERR_OUT_OF_RANGE'));
    await expect(explore(ask, { runs: 1, faults: { most: Number.NaN } })).rejects.toThrow(code('ERR_OUT_OF_RANGE'));
  });

  it('hosts that are none of this world, and times', () => {
    const world = simulate();
    const host = world.host('a');
    expect(() => world.partition('a', 'b')).toThrow(code('ERR_NO_SUCH_HOST'));
    expect(() => world.partition(host, simulate().host('b'))).toThrow(code('ERR_INVALID_ARG_TYPE'));
    expect(() => { world.link(host, undefined as never, {}); }).toThrow(code('ERR_INVALID_ARG_TYPE'));
    expect(() => world.advance(Number.NaN)).toThrow(code('ERR_OUT_OF_RANGE'));
    expect(() => world.advance('1' as never)).toThrow(code('ERR_INVALID_ARG_TYPE'));
  });
});

it('names do for hosts', async () => {
  const world = simulate();
  world.host('a');
  world.host('b');
  world.link('a', 'b', { latency: 7 });
  world.reset('a', 'b', 1);
  world.partition('a', 'b')();
  expect(world.network.path(world.get('a').host, world.get('b').host).conditions).toEqual({ latency: 7 });
  await world.advance(1);
});

it('a program that rejects fails the run', async () => {
  await expect(simulate().run(async (world) => {
    world.host('a', { boot: () => Promise.reject(new Error('no start')) });
    await world.sleep(100);
  })).rejects.toThrow(/^no start\n/);
});

it('a program of another realm that rejects fails the run with its own error', async () => {
  const boot = runInNewContext("() => Promise.reject(new Error('no start'))") as () => Promise<void>;
  const failure = await simulate().run(async (world) => {
    world.host('a', { boot });
    await world.sleep(100);
  }).catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(Error);
  expect((failure as Error).message).toMatch(/^no start\n/);
});
