import * as builtin from 'node:net';
import { once } from 'node:events';
import { PerformanceObserver } from 'node:perf_hooks';
import { afterEach, expect, it } from 'vitest';
import * as compat from '../src/index.js';

type Net = typeof builtin;
interface Entry {
  readonly name: string;
  readonly entryType: string;
  readonly duration: number;
  readonly detail: { readonly port: number };
}
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(): Promise<number> {
  const server = builtin.createServer((peer) => peer.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as builtin.AddressInfo).port;
}

async function dial(net: Net, port: number): Promise<void> {
  const client = net.connect(port, '127.0.0.1').resume();
  await once(client, 'connect');
  await once(client, 'close');
}

/** The entry of a connection to `port`, which only this test dials. */
async function entryOf(net: Net): Promise<unknown[]> {
  const port = await serve();
  // One that nobody observes comes first.
  await dial(net, port);
  const found = new Promise<Entry>((resolve) => {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Entry[]) if (entry.detail.port === port) resolve(entry);
    });
    observer.observe({ entryTypes: ['net'] });
    cleanups.push(() => observer.disconnect());
  });
  await dial(net, port);
  const { name, entryType, duration, detail } = await found;
  return [name, entryType, duration > 0, { ...detail, port: 'port' }];
}

it('observers of perf_hooks are told of connections', async () => {
  expect(await entryOf(compat as unknown as Net)).toEqual(await entryOf(builtin));
});

it('connections that are refused make no entry, and fail as ever', async () => {
  const port = await serve();
  await cleanups.pop()!();
  const seen: unknown[] = [];
  const here = (entries: unknown): Entry[] => (entries as Entry[]).filter(({ detail }) => detail.port === port);
  const observer = new PerformanceObserver((list) => seen.push(...here(list.getEntries())));
  observer.observe({ entryTypes: ['net'] });
  const client = compat.connect(port, '127.0.0.1');
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
  await dial(compat as unknown as Net, await serve());
  expect([...seen, ...here(observer.takeRecords())]).toEqual([]);
  observer.disconnect();
});
