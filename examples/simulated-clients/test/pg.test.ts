import '@netstrata/net-compat/register';
import pg from 'pg';
import { installGlobals, simulate, type SimulateOptions, type World, type WorldHost } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedCrypto, waitForCrypto } from '../src/crypto-of-a-world.js';
import { postgresServer, type Database, type Result } from '../src/postgres-server.js';

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

interface Scene {
  readonly world: World;
  readonly db: WorldHost;
  readonly app: WorldHost;
  /** What has been inserted. */
  readonly rows: string[];
}

/** A table of one column, which outlives crashes: `insert $1` and `select $1` rows of it. */
function scene({ password, ...options }: SimulateOptions & { readonly password?: string } = {}): Scene {
  const world = simulate(options);
  const rows: string[] = [];
  const database: Database = (query, values): Result => {
    if (query.startsWith('insert')) return { columns: [], rows: [], done: `INSERT 0 ${rows.push(values[0]!) > 0 ? 1 : 0}` };
    if (query.startsWith('select')) return { columns: ['text'], rows: rows.slice(0, Number(values[0] ?? 1)).map((row) => [row]), done: 'SELECT' };
    throw new Error(`syntax error at or near "${query}"`);
  };
  const db = world.host('db', { boot: ({ net }) => { postgresServer(net, database, password).listen(5432); } });
  return { world, db, app: world.host('app'), rows };
}

const access = { host: 'db', user: 'me', database: 'mine' };

async function connected(host: WorldHost, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = host.run(() => new pg.Client({ ...access, ...options }));
  client.on('error', (error) => { host.world.log(error.message); });
  await client.connect();
  return client;
}

describe('pg in a world, by register', () => {
  it('does its work', async () => {
    const { world, app } = scene();
    await world.run(async () => {
      const client = await connected(app);
      await client.query('insert $1', ['wörld']);
      expect((await client.query('select $1', ['1'])).rows).toEqual([{ text: 'wörld' }]);
      expect((await client.query('select')).rows).toEqual([{ text: 'wörld' }]);
      await expect(client.query('nonsense')).rejects.toThrow('syntax error at or near "nonsense"');
      await expect(client.query('nonsense $1', ['1'])).rejects.toMatchObject({ code: '42601' });
      await client.end();
    });
  });

  it('waits a quarter of an hour for a server that is gone, as nothing in it limits that', async () => {
    const { world, db, app } = scene();
    await world.run(async () => {
      const client = await connected(app);
      db.crash();
      await expect(client.query('select')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    });
    expect(world.now).toBeGreaterThan(15 * 60_000);
  });

  it('gives up when it is told to', async () => {
    const { world, db, app } = scene();
    await world.run(async () => {
      const client = await connected(app, { query_timeout: 5000 });
      db.crash();
      const before = world.now;
      await expect(client.query('select')).rejects.toThrow('Query read timeout');
      expect(world.now - before).toBe(5000);
    });
  });

  it('has a pool that serves again after the server has crashed and restarted', async () => {
    const { world, db, app } = scene();
    await world.run(async () => {
      const pool = app.run(() => new pg.Pool({ ...access, query_timeout: 1000, connectionTimeoutMillis: 1000 }));
      pool.on('error', () => {});
      // A pool connects when it is asked, so that has to happen on the host too.
      const query = (text: string, values: readonly string[] = []) => app.run(() => pool.query<{ text: string }>(text, [...values]));
      await query('insert $1', ['kept']);
      db.crash();
      await expect(query('select')).rejects.toThrow('Query read timeout');
      db.restart();
      expect((await query('select')).rows).toEqual([{ text: 'kept' }]);
      await pool.end();
    });
  });

  it('does not know whether a row was inserted when the connection is reset in the middle of the answer', async () => {
    const { world, db, app, rows } = scene();
    await world.run(async () => {
      const client = await connected(app);
      world.reset(db, app, 3);
      await expect(client.query('insert $1', ['written'])).rejects.toThrow('ECONNRESET');
      expect(rows).toEqual(['written']);
    });
  });

  it('waits for a partition to heal', async () => {
    const { world, db, app } = scene();
    await world.run(async () => {
      const client = await connected(app);
      const heal = world.partition(db, app);
      const answer = client.query('insert $1', ['late']);
      await world.sleep(5 * 60_000);
      heal();
      expect((await answer).rowCount).toBe(1);
      await client.end();
    });
    expect(world.now).toBeGreaterThan(5 * 60_000);
  });

  it('takes its time over a slow link', async () => {
    const { world, db, app, rows } = scene();
    rows.push(...Array.from({ length: 1000 }, (_, i) => `row ${i} ${'x'.repeat(90)}`));
    world.link(db, app, { latency: 100, bandwidth: 10_000 });
    await world.run(async () => {
      const client = await connected(app);
      const before = world.now;
      expect((await client.query('select $1', ['1000'])).rows).toHaveLength(1000);
      expect(world.now - before).toBeGreaterThan(10_000);
      await client.end();
    });
  });

  it('tells of a name that nobody knows', async () => {
    const { world, app } = scene();
    world.name('db', 'ENOTFOUND');
    await world.run(async () => {
      await expect(connected(app)).rejects.toMatchObject({ code: 'ENOTFOUND', hostname: 'db' });
    });
  });
});

describe('a password', () => {
  const logIn = async (...hooks: readonly ((world: World) => () => void)[]): Promise<World> => {
    const { world, app } = scene({ seed: 7, password: 'secret' });
    const undo = hooks.map((hook) => hook(world));
    try {
      await world.run(async () => {
        const client = await connected(app, { password: 'secret', connectionTimeoutMillis: 60_000 });
        await client.end();
      });
    } finally {
      for (const one of undo) one();
    }
    return world;
  };

  it('is proved while time stands still, once the world knows of the thread that computes the proof', async () => {
    const { now } = await logIn(waitForCrypto);
    expect(now).toBeLessThan(100);
  });

  it('makes each run another one: random bytes go over the wire', async () => {
    const [one, other] = [await logIn(waitForCrypto), await logIn(waitForCrypto)];
    expect(other.timeline.digest).not.toBe(one.timeline.digest);
  });

  it('makes none another one when these are drawn from the seed', async () => {
    const [one, other] = [await logIn(waitForCrypto, seedCrypto), await logIn(waitForCrypto, seedCrypto)];
    expect(other.timeline.digest).toBe(one.timeline.digest);
  });

  it('that is wrong is refused', async () => {
    const { world, app } = scene({ password: 'secret' });
    const undo = waitForCrypto(world);
    await expect(world.run(() => connected(app, { password: 'guess' }))).rejects.toThrow('password authentication failed');
    undo();
  });
});
