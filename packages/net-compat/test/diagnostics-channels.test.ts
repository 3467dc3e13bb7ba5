import * as builtin from 'node:net';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import * as compat from '../src/index.js';

type Net = typeof builtin;
type Message = { server?: unknown; socket?: { server?: unknown }; options?: unknown; error?: NodeJS.ErrnoException };
const ours = compat as unknown as Net;
const phases = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

/** What is published while `run` runs; messages of other servers are left out. */
async function published(server: builtin.Server, run: (note: (what: string) => void) => Promise<void>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const listeners = [...phases.map((phase) => `tracing:net.server.listen:${phase}`), 'net.server.socket'].map((name) => {
    const listener = (message: unknown): void => {
      const { server: teller, socket, options, error, ...others } = message as Message;
      if (teller === server || (socket !== undefined && socket.server === server)) seen.push([name, options, error?.message.replace(/\d{3,}/, '<port>'), error?.syscall, Object.keys(others), server.listening]);
    };
    subscribe(name, listener);
    return () => unsubscribe(name, listener);
  });
  await run((what) => seen.push(what));
  for (const stop of listeners) stop();
  return seen;
}

async function startsAndServes(net: Net): Promise<unknown[]> {
  const server = net.createServer();
  return published(server, async (note) => {
    server.on('listening', () => note('listening'));
    server.on('connection', (socket) => {
      note('connection');
      socket.destroy();
    });
    server.listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const client = builtin.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1').on('error', () => {});
    await once(client, 'close');
    server.close();
    await once(server, 'close');
  });
}

it('a server tells that it begins to listen, that it listens, and of each connection', async () => {
  const seen = await startsAndServes(ours);
  expect(seen).toEqual(await startsAndServes(builtin));
  expect(seen).toHaveLength(5);
});

async function fails(net: Net, taken: number): Promise<unknown[]> {
  const server = net.createServer();
  return published(server, async (note) => {
    server.on('error', () => note('error'));
    server.listen(taken, '127.0.0.1');
    await once(server, 'error');
  });
}

it('a server tells that it could not listen, before it emits the error', async () => {
  const other = builtin.createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as builtin.AddressInfo;
  const named = (seen: unknown[]): unknown[] => seen.map((one) => (Array.isArray(one) ? [one[0], one[2], one[3]] : one));
  const seen = named(await fails(ours, port));
  expect(seen).toEqual(named(await fails(builtin, port)));
  expect(seen).toHaveLength(3);
  other.close();
});

it('options that are refused have been told of all the same', async () => {
  const refused = (net: Net): Promise<unknown[]> => {
    const server = net.createServer();
    return published(server, async (note) => {
      try {
        server.listen({} as builtin.ListenOptions);
      } catch (error) {
        note((error as NodeJS.ErrnoException).code!);
      }
      await Promise.resolve();
    });
  };
  const seen = await refused(ours);
  expect(seen).toEqual(await refused(builtin));
  expect(seen).toContain('ERR_INVALID_ARG_VALUE');
  expect(seen.length).toBeGreaterThan(1);
});
