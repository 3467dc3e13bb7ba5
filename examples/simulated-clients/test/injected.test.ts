import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import pg from 'pg';
import { installGlobals, simulate, type World, type WorldHost } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { injectedRedis } from '../src/injected-redis.js';
import { postgresServer } from '../src/postgres-server.js';
import { redisServer, type Data } from '../src/redis-server.js';

// Nothing here is registered: each driver is handed the net of its host, by an option of its own.

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

/** A host with a server that outlives crashes, and one for its client. */
function scene(boot: (host: WorldHost) => void): { readonly world: World; readonly server: WorldHost; readonly app: WorldHost } {
  const world = simulate();
  return { world, server: world.host('server', { boot }), app: world.host('app') };
}

describe('by injection', () => {
  it('ioredis works, and connects again after a crash', async () => {
    const data: Data = new Map();
    const { world, server, app } = scene(({ net }) => redisServer(net, data).listen(6379));
    await world.run(async () => {
      const redis = injectedRedis(app, { host: 'server', port: 6379 });
      redis.on('error', () => {});
      expect(await redis.set('key', 'kept')).toBe('OK');
      server.crash();
      const answer = redis.get('key');
      await world.sleep(60_000);
      server.restart();
      expect(await answer).toBe('kept');
      await redis.quit();
    });
  });

  it('pg works, and a pool does after a crash', async () => {
    const { world, server, app } = scene(({ net }) => postgresServer(net).listen(5432));
    await world.run(async () => {
      const stream = (): never => new app.net.Socket() as never; // its type wants the builtin class
      const pool = new pg.Pool({ host: 'server', user: 'me', stream, query_timeout: 1000 });
      pool.on('error', () => {});
      const select = () => pool.query<{ column1: string }>('select $1', ['one']);
      expect((await select()).rows).toEqual([{ column1: 'one' }]);
      server.crash();
      await expect(select()).rejects.toThrow('Query read timeout');
      server.restart();
      expect((await select()).rows).toEqual([{ column1: 'one' }]);
      await pool.end();
    });
  });

  it('mqtt works against aedes, and connects again after a crash', async () => {
    const { world, server, app } = scene(({ net }) => {
      // It takes any Duplex.
      void Aedes.createBroker({ id: 'hub' }).then((broker) => net.createServer((socket) => { broker.handle(socket); }).listen(1883));
    });
    await world.run(async () => {
      const client = new mqtt.MqttClient(() => app.net.connect({ host: 'server', port: 1883 }) as never, { protocol: 'mqtt', keepalive: 10 });
      const heard: string[] = [];
      client.on('message', (_, payload) => { heard.push(payload.toString()); });
      client.on('error', () => {});
      await client.subscribeAsync('news');
      server.crash();
      await world.sleep(60_000);
      server.restart();
      await world.runUntil(() => client.connected);
      await client.publishAsync('news', 'hello', { qos: 1 });
      await world.runUntil(() => heard.length > 0);
      expect(heard).toEqual(['hello']);
      await client.endAsync();
    });
  });
});
