import { CLIENTS } from '@netstrata/integration/src/job.mjs';
import { judge } from '@netstrata/integration/src/judge.mjs';
import { LANES } from '@netstrata/integration/src/lanes.mjs';
import { runClient } from '@netstrata/integration/src/run-client.mjs';
import { openServers } from '@netstrata/integration/src/servers/servers.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted } from '../../src/counted.mjs';
import { openProxies } from '../../src/proxies.mjs';
import { differences } from './what-differs.mjs';

const clients = ['pg', 'mysql2', 'ioredis', 'mqtt', 'nodemailer', 'undici'];
const runtime = process.execPath;
let servers;
let proxies;

beforeAll(async () => {
  [servers, proxies] = await Promise.all([openServers([...new Set(clients.map((client) => CLIENTS[client]).filter(Boolean))]), openProxies()]);
});

afterAll(() => Promise.all([servers?.close(), proxies?.close()]));

// They wait most of the time, each for a server of its own.
describe.concurrent.each(clients)('%s does its work unchanged, as directly', (client) => {
  let control;

  it.sequential.for(['socks5', 'http'])('through %s', async (kind, { skip }) => {
    const { where, skipped } = servers.started[CLIENTS[client]] ?? {};
    const proxy = proxies.started[kind];
    if (skipped) return skip(skipped);
    if (typeof proxy === 'string') return skip(proxy);
    control ??= await runClient(client, 'builtin', LANES.builtin, { runtime, where });
    const before = await counted(proxy.port);
    const lane = { ...LANES['net-compat'], env: { NETSTRATA_PROXY: `${kind}://127.0.0.1:${before.port}` } };
    const run = await runClient(client, kind, lane, { runtime, where });
    await before.close();
    const failed = judge(kind, run, control, { [kind]: lane }).filter(({ status }) => status === 'failed');
    const known = differences(client, kind);
    expect(failed.filter(({ name }) => !known.includes(name)).map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
    expect(failed.map(({ name }) => name), 'what is said to differ').toEqual(known);
    expect(before.count(), 'connections that the proxy has seen').toBeGreaterThan(0);
  });
});
