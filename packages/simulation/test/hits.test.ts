import { describe, expect, it } from 'vitest';
import { simulate, type Fault } from '../src/index.js';
import { ask, echo, take } from './support/programs.js';

/** A client that talks to a server for 50 ms; a third host talks to nobody. How many faults changed something, of how many that happened. */
async function hits(...faults: Fault[]): Promise<string> {
  const world = simulate({ faults, limits: { connectRetries: 0 } });
  await world.run(async () => {
    world.host('server', { boot: echo });
    const client = world.host('client');
    world.host('third');
    for (let i = 0; i < 5; i++) {
      const socket = client.net.connect({ port: 7, host: 'server' }).on('error', () => {});
      socket.write('0123456789');
      await Promise.race([take(socket, 10), new Promise((resolve) => socket.once('error', resolve))]).catch(() => {});
      socket.destroy();
      await world.sleep(10);
    }
    await world.sleep(2000);
  });
  return `${world.hits} of ${world.befallen}`;
}

const on = (host: string) => ({ at: 0, for: 1000, host });
const between = (from: string, to: string) => ({ at: 0, for: 1000, from, to });
const MEET: readonly Fault[] = [
  { kind: 'partition', ...between('client', 'server') },
  { kind: 'partition', ...between('server', 'client'), oneWay: true },
  { kind: 'link', ...between('server', 'client'), link: { latency: 5 } },
  { kind: 'reset', at: 0, from: 'client', to: 'server', after: 15 },
  { kind: 'reset', at: 0, from: 'server', to: 'client', after: 3 },
  { kind: 'crash', ...on('server') },
  { kind: 'pause', ...on('client') },
  { kind: 'refuse', ...on('server') },
  { kind: 'ignore', ...on('server') },
  { kind: 'slow reader', ...on('client'), rate: 1000 },
  { kind: 'files', ...on('client') },
  { kind: 'files', ...on('server') },
  { kind: 'ports', ...on('client') },
  { kind: 'name', ...on('server') },
];
const MISS: readonly Fault[] = [
  { kind: 'partition', ...between('client', 'third') },
  { kind: 'partition', at: 1500, for: 100, from: 'client', to: 'server' },
  { kind: 'link', ...between('third', 'server'), link: { latency: 5 } },
  { kind: 'reset', at: 0, from: 'client', to: 'server', after: 5000 },
  { kind: 'reset', at: 0, from: 'client', to: 'third', after: 0 },
  { kind: 'crash', ...on('client') },
  { kind: 'pause', ...on('third') },
  { kind: 'refuse', ...on('client') },
  { kind: 'ignore', ...on('third') },
  { kind: 'slow reader', ...on('third'), rate: 1000 },
  { kind: 'files', ...on('third') },
  { kind: 'ports', ...on('server') },
  { kind: 'name', ...on('client') },
];

describe('a fault that changes something is a hit', () => {
  for (const fault of MEET) it(JSON.stringify(fault), async () => { expect(await hits(fault)).toBe('1 of 1'); });
});

describe('one that changes nothing is none', () => {
  for (const fault of MISS) it(JSON.stringify(fault), async () => { expect(await hits(fault)).toBe('0 of 1'); });
});

describe('hits', () => {
  it('each of several resets that happen is one', async () => {
    const reset = (after: number): Fault => ({ kind: 'reset', at: 0, from: 'client', to: 'server', after });
    expect(await hits(reset(25), reset(5), reset(5000))).toBe('2 of 3');
  });

  it('what happens after a fault is not of its doing', async () => {
    expect(await hits({ kind: 'refuse', at: 0, for: 1, host: 'server' }, { kind: 'refuse', at: 8, for: 1000, host: 'server' })).toBe('1 of 2');
  });

  it('two numbers are two hosts, where there are two', async () => {
    const world = simulate({ faults: [{ kind: 'partition', at: 0, for: 100, from: 3, to: 5 }, { kind: 'partition', at: 0, for: 100, from: 2, to: 5 }] });
    await world.run(ask);
    expect(world.faults).toMatchObject([{ from: 'client', to: 'server' }, { from: 'server', to: 'client' }]);
  });
});
