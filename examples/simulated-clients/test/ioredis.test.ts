import '@netstrata/net-compat/register';
import { Redis, type RedisOptions } from 'ioredis';
import { installGlobals, simulate, type SimulateOptions, type World, type WorldHost } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisServer, type Data } from '../src/redis-server.js';

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

interface Scene {
  readonly world: World;
  readonly redis: WorldHost;
  readonly app: WorldHost;
  readonly data: Data;
}

/** A host that serves Redis, again after each crash, and one for its clients. */
function scene(options: SimulateOptions = {}): Scene {
  const world = simulate(options);
  const data: Data = new Map();
  const redis = world.host('redis', { boot: ({ net }) => { redisServer(net, data).listen(6379); } });
  return { world, redis, app: world.host('app'), data };
}

/** The driver, as a program of the host; what it says about itself goes into the timeline. */
function connect(host: WorldHost, options: RedisOptions = {}): Redis {
  return host.run(() => {
    const redis = new Redis({ host: 'redis', ...options });
    for (const name of ['close', 'reconnecting', 'ready']) redis.on(name, () => { host.world.log(name); });
    redis.on('error', (error: Error) => { host.world.log(error.message); });
    return redis;
  });
}

const said = (world: World): string[] => world.timeline.entries.filter(({ kind }) => kind === 'log').map(({ at, text }) => `${at} ms: ${text.replace('says: ', '')}`);

describe('ioredis in a world, by register', () => {
  it('does its work', async () => {
    const { world, app } = scene();
    await world.run(async () => {
      const [redis, subscriber] = [connect(app), connect(app)];
      expect(await redis.ping()).toBe('PONG');
      expect(await redis.set('key', 'wörld')).toBe('OK');
      expect(await redis.get('key')).toBe('wörld');
      expect(await redis.incr('n')).toBe(1);
      await subscriber.subscribe('news');
      const heard = new Promise((resolve) => subscriber.on('message', (channel, text) => { resolve([channel, text]); }));
      expect(await redis.publish('news', 'hello')).toBe(1);
      expect(await heard).toEqual(['news', 'hello']);
      await Promise.all([redis.quit(), subscriber.quit()]);
    });
  });

  it('connects again after the server has crashed and restarted, and asks again what was not answered', async () => {
    const { world, redis, app } = scene();
    await world.run(async () => {
      const client = connect(app);
      await client.set('key', 'kept');
      redis.crash();
      const answer = client.get('key');
      await world.sleep(30_000);
      redis.restart();
      expect(await answer).toBe('kept');
      await client.quit();
    });
    // What was sent goes unanswered: nobody tells a client that a machine is gone. The first that hears of it after the restart resets the connection.
    expect(said(world).map((line) => line.split(': ')[1])).toEqual(['ready', 'read ECONNRESET', 'close', 'reconnecting', 'ready']);
    expect(world.now).toBeGreaterThan(30_000);
  });

  it('runs a command twice when the connection is reset before its answer has come', async () => {
    const { world, redis, app, data } = scene();
    await world.run(async () => {
      const client = connect(app);
      await client.ping();
      world.reset(redis, app); // the next byte that the server sends
      expect(await client.incr('visits')).toBe(2);
      await client.quit();
    });
    expect(data.get('visits')).toBe('2');
  });

  it('never settles a command that it shall not ask again, and the world finds that out', async () => {
    const { world, redis, app, data } = scene();
    const run = world.run(async () => {
      const client = connect(app, { autoResendUnfulfilledCommands: false });
      await client.ping();
      world.reset(redis, app);
      await client.incr('visits');
    });
    await expect(run).rejects.toMatchObject({ code: 'ERR_SIMULATION_STUCK' });
    expect(data.get('visits')).toBe('1');
  });

  it('gets what was published in a short partition late, on the same connection', async () => {
    const { world, redis, app } = scene();
    await world.run(async () => {
      const [publisher, subscriber] = [connect(redis), connect(app)];
      await subscriber.subscribe('news');
      const heard = new Promise((resolve) => subscriber.once('message', (_, text) => { resolve(text); }));
      const heal = world.partition(redis, app);
      await publisher.publish('news', 'late');
      await world.sleep(10_000);
      heal();
      expect(await heard).toBe('late');
      expect(said(world).filter((line) => line.endsWith('close'))).toEqual([]);
      await Promise.all([publisher.quit(), subscriber.quit()]);
    });
    // TCP has sent again after 0.2, 0.4, 0.8, ... seconds, and the first of these after it was healed got through.
    expect(world.now).toBeGreaterThan(10_000);
    expect(world.now).toBeLessThan(20_000);
  });

  it('never gets what was published in a long partition: keep-alive ends the connection, and only the subscription comes back', async () => {
    const { world, redis, app } = scene();
    await world.run(async () => {
      const [publisher, subscriber] = [connect(redis), connect(app)];
      await subscriber.subscribe('news');
      const heard: string[] = [];
      subscriber.on('message', (_, text) => { heard.push(text); });
      const heal = world.partition(redis, app);
      await publisher.publish('news', 'lost');
      await world.sleep(60_000);
      heal();
      await world.sleep(60_000);
      await publisher.publish('news', 'heard');
      await world.runUntil(() => heard.length > 0);
      expect(heard).toEqual(['heard']);
    });
    // 30 seconds of silence, then ten probes, a second apart.
    expect(said(world)).toContain('40010 ms: read ETIMEDOUT');
  });

  it('gives a command up after its own timeout when a link is slow, and gets large answers late', async () => {
    const { world, redis, app, data } = scene();
    data.set('large', 'x'.repeat(100_000));
    world.link(redis, app, { latency: 50, bandwidth: 10_000 });
    await world.run(async () => {
      const [patient, hasty] = [connect(app), connect(app, { commandTimeout: 2000 })];
      await Promise.all([patient.ping(), hasty.ping()]);
      const before = world.now;
      expect(await patient.get('large')).toHaveLength(100_000);
      expect(world.now - before).toBeGreaterThan(10_000);
      await expect(hasty.get('large')).rejects.toThrow('Command timed out');
      patient.disconnect();
      hasty.disconnect();
    });
  });

  it('tries again as long as the name server does not answer', async () => {
    const { world, app } = scene();
    world.name('redis', 'EAI_AGAIN');
    await world.run(async () => {
      // Without this its pauses are drawn by `Math.random`: from the seed.
      const client = connect(app, { retryStrategy: (times) => times * 50 });
      const answer = client.ping();
      await world.sleep(300);
      world.name('redis', ['10.0.0.1']);
      expect(await answer).toBe('PONG');
      await client.quit();
    });
    expect(said(world).filter((line) => line.includes('EAI_AGAIN'))).toEqual(['0 ms', '50 ms', '150 ms'].map((at) => `${at}: getaddrinfo EAI_AGAIN redis`));
    expect(said(world).at(-1)).toContain('ready');
  });
});
