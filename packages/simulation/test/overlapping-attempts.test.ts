import type { Socket } from '@netstrata/net-compat/core';
import { expect, it } from 'vitest';
import { simulate, type World, type WorldHost } from '../src/index.js';

const SEEDS = 300;
type Way = true | 'race';

interface Outcome {
  readonly address: string | undefined;
  /** Milliseconds from `connect` on. */
  readonly took: number;
  readonly error: (Error & { code?: string; errors?: Error[] }) | null;
  readonly socket: Socket;
}

function dial(world: World, from: WorldHost, options: object): Promise<Outcome> {
  const begin = world.now;
  const socket = from.net.connect({ port: 80, host: 'api.example', ...options });
  return new Promise((resolve) => {
    const end = (error: Outcome['error']): void => { resolve({ address: socket.remoteAddress, took: world.now - begin, error, socket }); };
    socket.on('connect', () => { end(null); });
    socket.on('error', end);
  });
}

/** Two hosts that answer, one that is silent, and a client with both families. */
function createWorld(seed: number, latency: number, jitter = 0): { world: World; client: WorldHost; accepted: Map<string, number> } {
  const world = simulate({ seed, link: { latency, jitter } });
  const accepted = new Map<string, number>();
  for (const [name, addresses] of [['one', ['10.0.0.1', 'fd00::1']], ['two', ['10.0.0.2', 'fd00::2']]] as const) {
    accepted.set(name, 0);
    world.host(name, addresses, {
      boot: ({ net }) => net.createServer((socket) => {
        accepted.set(name, accepted.get(name)! + 1);
        socket.resume().on('error', () => {}).on('close', () => { accepted.set(name, accepted.get(name)! - 1); });
      }).listen(80, '::'),
    });
  }
  world.host('silent', ['10.0.0.9', 'fd00::9']).host.ignore(true);
  return { world, client: world.host('client', ['10.0.0.66', 'fd00::66']), accepted };
}

async function meet(seed: number, latency: number, jitter: number, addresses: readonly string[], options: object): Promise<Outcome> {
  const { world, client } = createWorld(seed, latency, jitter);
  world.name('api.example', addresses);
  try {
    return await world.run(() => dial(world, client, options));
  } finally {
    world.close();
  }
}

for (const [what, latency, addresses] of [
  ['a link of 400 ms and two addresses', 200, ['10.0.0.1', '10.0.0.2']],
  ['a link of 600 ms and four addresses', 300, ['10.0.0.1', 'fd00::1', '10.0.0.2', 'fd00::2']],
] as const) {
  it(`${what}: attempts in turn are dropped before they are answered, attempts that overlap connect (${SEEDS} seeds)`, async () => {
    const outcomes: Record<string, number> = {};
    for (let seed = 0; seed < SEEDS; seed++) {
      for (const autoSelectFamily of [true, 'race'] satisfies Way[]) {
        // The last address has no limit in turn: with the first three of four, and with a slow last one, nothing is left.
        const silent = [...addresses, '10.0.0.9'];
        const { error } = await meet(seed, latency, 20, silent, { autoSelectFamily, connectTimeout: 20_000 });
        const key = `${autoSelectFamily}: ${error === null ? 'connected' : error.code}`;
        outcomes[key] = (outcomes[key] ?? 0) + 1;
      }
    }
    expect(outcomes).toEqual({ 'true: ETIMEDOUT': SEEDS, 'race: connected': SEEDS });
  });
}

it('a first address that is silent costs one delay, and the next dial nothing', async () => {
  const { world, client } = createWorld(1, 20);
  world.name('api.example', ['10.0.0.9', '10.0.0.1']);
  await world.run(async () => {
    const first = await dial(world, client, { autoSelectFamily: 'race' });
    const second = await dial(world, client, { autoSelectFamily: 'race' });
    expect([first.address, first.took, second.address, second.took - first.took]).toEqual(['10.0.0.1', expect.any(Number), '10.0.0.1', -250]);
    first.socket.destroy();
    second.socket.destroy();
  });
});

it('a family that is black-holed costs one delay', async () => {
  const { world, client } = createWorld(1, 20);
  world.name('api.example', ['fd00::9', '10.0.0.1']);
  await world.run(async () => {
    const { address, took, socket } = await dial(world, client, { autoSelectFamily: 'race' });
    expect([address, took >= 250 && took < 400]).toEqual(['10.0.0.1', true]);
    expect(socket.autoSelectFamilyAttemptedAddresses).toEqual(['fd00::9:80', '10.0.0.1:80']);
    socket.destroy();
  });
});

it('an attempt that fails at once starts the next one at once', async () => {
  const { world, client } = createWorld(1, 5);
  world.get('one').host.refuse(true);
  world.name('api.example', ['10.0.0.1', '10.0.0.2']);
  await world.run(async () => {
    const { address, took, socket } = await dial(world, client, { autoSelectFamily: 'race' });
    expect([address, took < 100]).toEqual(['10.0.0.2', true]);
    socket.destroy();
  });
});

it('families come in turn, IPv6 first', async () => {
  const { world, client } = createWorld(1, 5);
  for (const name of ['one', 'two']) world.get(name).host.refuse(true);
  world.name('api.example', ['10.0.0.1', '10.0.0.2', 'fd00::1', 'fd00::2']);
  await world.run(async () => {
    const { error, socket } = await dial(world, client, { autoSelectFamily: 'race' });
    expect(socket.autoSelectFamilyAttemptedAddresses).toEqual(['fd00::1:80', '10.0.0.1:80', 'fd00::2:80', '10.0.0.2:80']);
    expect([error!.name, error!.code, error!.errors!.length]).toEqual(['AggregateError', 'ECONNREFUSED', 4]);
    for (const address of ['fd00::1', '10.0.0.1', 'fd00::2', '10.0.0.2']) expect(error!.message).toContain(`connect ECONNREFUSED ${address}:80`);
  });
});

it('the first that connects wins, and nothing else stays open on either side', async () => {
  const { world, client, accepted } = createWorld(1, 300);
  world.name('api.example', ['10.0.0.1', '10.0.0.2']);
  await world.run(async () => {
    const { socket } = await dial(world, client, { autoSelectFamily: 'race' });
    await world.sleep(10_000);
    expect([...accepted.values()].reduce((sum, count) => sum + count)).toBe(1);
    socket.destroy();
    await world.sleep(10_000);
    expect([...accepted.values()]).toEqual([0, 0]);
  });
});

it('the whole dial has one deadline, and leaves nothing open', async () => {
  const { world, client } = createWorld(1, 20);
  world.name('api.example', ['10.0.0.9', 'fd00::9']);
  for (const autoSelectFamily of [true, false, 'race']) {
    await world.run(async () => {
      const { error, took, socket } = await dial(world, client, { autoSelectFamily, connectTimeout: 1500 });
      expect([error!.code, (error as { syscall?: string }).syscall, took, socket.destroyed]).toEqual(['ETIMEDOUT', 'connect', 1500, true]);
      expect(error!.message).toBe('connect ETIMEDOUT: not connected within 1500 ms, its connectTimeout: api.example:80');
      await new Promise((resolve) => socket.on('close', resolve));
    });
  }
});

it('a name server that does not answer for one family holds up nothing', async () => {
  const { world, client } = createWorld(1, 5);
  await world.run(async () => {
    const lookup = (_name: string, { family }: { family?: number }, done: (error: null, answers: object[]) => void): void => {
      client.clock.setTimeout(() => { done(null, [family === 6 ? { address: 'fd00::1', family } : { address: '10.0.0.1', family: 4 }]); }, family === 6 ? 5000 : 10);
    };
    const { address, took, socket } = await dial(world, client, { autoSelectFamily: 'race', lookup });
    expect([address, took >= 60 && took < 100]).toEqual(['10.0.0.1', true]);
    socket.destroy();
  });
});
