import '@netstrata/net-compat/register';
import net from 'node:net';
import { Aedes } from 'aedes';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { installGlobals, simulate, type SimulateOptions, type World, type WorldHost } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

interface Scene {
  readonly world: World;
  readonly hub: WorldHost;
  readonly app: WorldHost;
}

/** A host with a broker, and one for its clients. Both sides are code that knows of nothing but `node:net`. */
function scene(options: SimulateOptions = {}): Scene {
  const world = simulate(options);
  const boot = (): void => {
    // Its number would be of crypto's randomness.
    void Aedes.createBroker({ id: 'hub' }).then((broker) => net.createServer(broker.handle).listen(1883));
  };
  return { world, hub: world.host('hub', { boot }), app: world.host('app') };
}

async function connected(host: WorldHost, options: IClientOptions = {}): Promise<MqttClient> {
  const client = host.run(() => mqtt.connect({ host: 'hub', protocol: 'mqtt', ...options }));
  for (const name of ['connect', 'close'] as const) client.on(name, () => { host.world.log(name); });
  client.on('error', (error) => { host.world.log(error.message); });
  await new Promise<void>((resolve) => client.once('connect', () => { resolve(); }));
  return client;
}

/** What a client is sent from now on. */
function messages(client: MqttClient): string[] {
  const heard: string[] = [];
  client.on('message', (_, payload) => { heard.push(payload.toString()); });
  return heard;
}

const said = (world: World): string[] => world.timeline.entries.filter(({ kind }) => kind === 'log').map(({ at, text }) => `${at} ms: ${text.replace('says: ', '')}`);

describe('mqtt and aedes in a world, by register', () => {
  it('do their work', async () => {
    const { world, app } = scene();
    await world.run(async () => {
      const client = await connected(app);
      const heard = messages(client);
      await client.subscribeAsync('news', { qos: 1 });
      for (const qos of [0, 1, 2] as const) await client.publishAsync('news', `hello ${qos}`, { qos });
      await world.runUntil(() => heard.length === 3);
      expect(heard).toEqual(['hello 0', 'hello 1', 'hello 2']);
      await client.endAsync();
    });
  });

  it('keep a connection alive for an hour, in milliseconds', async () => {
    const { world, app } = scene();
    const started = performance.now();
    await world.run(async () => {
      const client = await connected(app, { keepalive: 60 });
      await world.sleep(3_600_000);
      expect(client.connected).toBe(true);
      await client.endAsync();
    });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(said(world).filter((line) => line.endsWith('connect'))).toHaveLength(1);
  });

  it('find each other again after the broker has crashed and restarted, but what is acknowledged before subscribers are back is lost', async () => {
    const { world, hub, app } = scene();
    await world.run(async () => {
      const [subscriber, publisher] = [await connected(app, { keepalive: 10 }), await connected(app, { keepalive: 10 })];
      const heard = messages(subscriber);
      await subscriber.subscribeAsync('news', { qos: 1 });
      hub.crash();
      const published = publisher.publishAsync('news', 'lost', { qos: 1 });
      await world.sleep(120_000);
      hub.restart();
      // The publisher is back first, and sends at once: the broker has forgotten who wanted it.
      await published;
      await world.runUntil(() => subscriber.connected);
      await world.sleep(1000);
      await publisher.publishAsync('news', 'heard', { qos: 1 });
      await world.runUntil(() => heard.length > 0);
      expect(heard).toEqual(['heard']);
      await Promise.all([subscriber.endAsync(), publisher.endAsync()]);
    });
    expect(world.now).toBeGreaterThan(120_000);
  });

  it('notice a partition by their keep-alive, and connect again when it is healed', async () => {
    const { world, hub, app } = scene();
    await world.run(async () => {
      const client = await connected(app, { keepalive: 10 });
      const heal = world.partition(hub, app);
      await world.sleep(60_000);
      expect(client.connected).toBe(false);
      heal();
      await world.runUntil(() => client.connected);
      await client.endAsync();
    });
    expect(said(world)[1]).toBe('15004 ms: Keepalive timeout');
  });

  it('publish a message of QoS 1 twice, and one of QoS 2 once, when the acknowledgement is cut off', async () => {
    for (const [qos, times] of [[1, 2], [2, 1]] as const) {
      const { world, hub, app } = scene();
      await world.run(async () => {
        const [subscriber, publisher] = [await connected(hub, { clean: false, clientId: 'subscriber' }), await connected(app, { clean: false, clientId: 'publisher' })];
        const heard = messages(subscriber);
        await subscriber.subscribeAsync('news', { qos });
        world.reset(hub, app); // the acknowledgement's first byte
        await publisher.publishAsync('news', 'hello', { qos });
        await world.sleep(60_000);
        expect(heard).toHaveLength(times);
        await Promise.all([subscriber.endAsync(), publisher.endAsync()]);
      });
    }
  });

  it('wait for a broker that stands still, and for a name server that does not answer', async () => {
    const { world, hub, app } = scene();
    world.name('hub', 'EAI_AGAIN');
    await world.run(async () => {
      const connecting = connected(app, { connectTimeout: 5000 });
      await world.sleep(10_000);
      world.name('hub', hub.addresses);
      hub.pause();
      await world.sleep(10_000);
      hub.resume();
      const client = await connecting;
      await client.endAsync();
    });
    expect(said(world)).toContain('0 ms: getaddrinfo EAI_AGAIN hub');
    expect(world.now).toBeGreaterThan(20_000);
  });

  it('take their time over a slow link', async () => {
    const { world, hub, app } = scene();
    world.link(hub, app, { latency: 200, bandwidth: 1000, segment: [1, 100] });
    await world.run(async () => {
      const client = await connected(app);
      const before = world.now;
      await client.publishAsync('news', 'x'.repeat(30_000), { qos: 1 });
      expect(world.now - before).toBeGreaterThan(30_000);
      await client.endAsync();
    });
  });
});
