import '@netstrata/net-compat/register';
import net from 'node:net';
import { Aedes } from 'aedes';
import { Redis } from 'ioredis';
import mqtt from 'mqtt';
import pg from 'pg';
import { installGlobals, simulate, type Scenario, type SimulateOptions, type World } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresServer } from '../src/postgres-server.js';
import { redisServer, type Data } from '../src/redis-server.js';

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

/** Two minutes of work with whatever goes wrong in them; what a driver makes of that does not matter here. */
const scenarios: Readonly<Record<string, Scenario>> = {
  ioredis: async (world) => {
    const data: Data = new Map();
    world.host('redis', { boot: ({ net: own }) => redisServer(own, data).listen(6379) });
    const redis = world.host('app').run(() => new Redis({ host: 'redis', commandTimeout: 1000 }).on('error', () => {}));
    for (let i = 0; i < 60; i++) {
      world.log(await redis.incr('n').then(String, String));
      await world.sleep(2000);
    }
    redis.disconnect();
  },
  pg: async (world) => {
    world.host('db', { boot: ({ net: own }) => postgresServer(own).listen(5432) });
    const app = world.host('app');
    const pool = app.run(() => new pg.Pool({ host: 'db', user: 'me', query_timeout: 1000, connectionTimeoutMillis: 1000 }).on('error', () => {}));
    for (let i = 0; i < 60; i++) {
      world.log(await app.run(() => pool.query<{ column1: string }>('select $1', [i])).then(({ rows }) => rows[0].column1, String));
      await world.sleep(2000);
    }
  },
  mqtt: async (world) => {
    world.host('hub', { boot: () => void Aedes.createBroker({ id: 'hub' }).then((broker) => net.createServer(broker.handle).on('error', () => {}).listen(1883)) });
    const client = world.host('app').run(() => mqtt.connect({ host: 'hub', protocol: 'mqtt', keepalive: 5 }));
    client.on('error', () => {}).on('message', (_, payload) => { world.log(payload.toString()); });
    client.subscribe('news');
    for (let i = 0; i < 60; i++) {
      client.publish('news', `${i}`, { qos: 1 });
      await world.sleep(2000);
    }
    client.end(true);
  },
};

const foul: SimulateOptions = { link: { latency: 5, jitter: 20, loss: 0.02, segment: [1, 60] }, faults: { most: 12, within: 100_000, longest: 20_000 } };

async function runOf(scenario: Scenario, seed: number): Promise<World> {
  const world = simulate({ ...foul, seed });
  await world.run(scenario);
  world.close();
  return world;
}

for (const [name, scenario] of Object.entries(scenarios)) {
  describe(`${name}, unmodified, in a foul network`, () => {
    it('does the same each time that the seed is the same, byte for byte', async () => {
      const digests = new Set<string>();
      for (const seed of [1, 2, 3, 4, 5]) {
        const [one, other] = [await runOf(scenario, seed), await runOf(scenario, seed)];
        expect(other.timeline.digest).toBe(one.timeline.digest);
        digests.add(one.timeline.digest);
      }
      expect(digests.size).toBe(5);
    });

    it('can be replayed', async () => {
      const world = await runOf(scenario, 6);
      const again = await world.replay();
      expect(again.timeline.digest).toBe(world.timeline.digest);
    });

    it('does the same beside another world in the same process', async () => {
      const seeds = [7, 8, 9];
      const apart: string[] = [];
      for (const seed of seeds) apart.push((await runOf(scenario, seed)).timeline.digest);
      const together = await Promise.all(seeds.map((seed) => runOf(scenario, seed)));
      expect(together.map(({ timeline }) => timeline.digest)).toEqual(apart);
    });
  });
}

it('all of them side by side do what each does alone', async () => {
  const all = Object.values(scenarios);
  const apart: string[] = [];
  for (const one of all) apart.push((await runOf(one, 10)).timeline.digest);
  const together = await Promise.all(all.map((one) => runOf(one, 10)));
  expect(together.map(({ timeline }) => timeline.digest)).toEqual(apart);
});
