import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Socket } from '@netstrata/net-compat/core';
import { simulate, type Fault, type World } from '../src/index.js';
import { echo } from './support/programs.js';

/** A client that dials once a second until it is answered; gives what it met, and when it was answered. */
async function persistent(world: World): Promise<string[]> {
  world.host('server', { boot: echo });
  const client = world.host('client');
  const met: string[] = [];
  for (;;) {
    const socket = client.net.connect({ port: 7, host: 'server' });
    socket.setTimeout(2000, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => socket.write('x'));
    const outcome = await new Promise<string>((resolve) => {
      socket.once('data', () => { resolve('answered'); });
      socket.once('error', (error: Error & { code?: string }) => { resolve(error.code ?? error.message); });
      socket.once('close', () => { resolve('closed'); });
    });
    socket.destroy();
    met.push(`${outcome} at ${Math.round(world.now)}`);
    if (outcome === 'answered') return met;
    await world.sleep(1000);
  }
}

const under = (...faults: Fault[]) => simulate({ faults }).run(persistent);

describe('faults', () => {
  it('partition', async () => {
    expect(await under({ kind: 'partition', at: 0, for: 2500, from: 'client', to: 'server' })).toEqual(['no answer at 2000', 'answered at 3004']);
  });

  it('partition, one way: nothing gets back', async () => {
    expect(await under({ kind: 'partition', at: 0, for: 2500, from: 'server', to: 'client', oneWay: true })).toEqual(['no answer at 2000', 'answered at 3004']);
  });

  it('link', async () => {
    expect(await under({ kind: 'link', at: 0, for: 10_000, from: 'client', to: 'server', link: { latency: 100 } })).toEqual(['answered at 400']);
  });

  it('reset', async () => {
    expect(await under({ kind: 'reset', at: 0, from: 'client', to: 'server', after: 0 })).toEqual(['ECONNRESET at 3', 'answered at 1007']);
  });

  it('crash: the program starts again', async () => {
    expect(await under({ kind: 'crash', at: 0, for: 1500, host: 'server' })).toEqual(['no answer at 2000', 'answered at 3004']);
    expect(await under({ kind: 'crash', at: 2.5, for: 100, host: 'server' })).toEqual(['ECONNRESET at 204', 'answered at 1208']);
  });

  it('pause: connections are taken, and answered late', async () => {
    expect(await under({ kind: 'pause', at: 0, for: 500, host: 'server' })).toEqual(['answered at 501']);
  });

  it('refuse', async () => {
    expect(await under({ kind: 'refuse', at: 0, for: 500, host: 'server' })).toEqual(['ECONNREFUSED at 2', 'answered at 1006']);
  });

  it('ignore', async () => {
    expect(await under({ kind: 'ignore', at: 0, for: 2500, host: 'server' })).toEqual(['no answer at 2000', 'answered at 3004']);
  });

  it('files: the client can open none', async () => {
    expect(await under({ kind: 'files', at: 0, for: 500, host: 'client' })).toEqual(['EMFILE at 0', 'answered at 1004']);
  });

  it('files: a server that can open none accepts and closes, and is told nothing', async () => {
    // What node:net does where its process has no descriptors left, on Linux.
    const world = simulate({ faults: [{ kind: 'files', at: 0, for: 500, host: 'server' }] });
    const seen: string[] = [];
    await world.run(async () => {
      world.host('server', {
        boot: ({ net }) => {
          const server = net.createServer((socket) => { seen.push('connection'); socket.end('hi'); }).listen(7);
          for (const event of ['error', 'drop', 'close'] as const) server.on(event, () => seen.push(`server ${event}`));
        },
      });
      const client = world.host('client');
      for (let i = 0; i < 2; i++) {
        const socket = client.net.connect(7, 'server');
        for (const event of ['connect', 'data', 'end', 'error'] as const) socket.on(event, (value) => seen.push(`${event} ${String(value ?? '')}`.trim()));
        const [hadError] = (await once(socket, 'close')) as [boolean];
        seen.push(`close ${hadError}`);
        await world.sleep(1000);
      }
    });
    expect(seen).toEqual(['connect', 'end', 'close false', 'connect', 'connection', 'data hi', 'end', 'close false']);
    expect(world.hits).toBe(1);
  });

  it('ports: the client has none left', async () => {
    expect(await under({ kind: 'ports', at: 0, for: 500, host: 'client' })).toEqual(['EADDRNOTAVAIL at 0', 'answered at 1004']);
  });

  it('name: it cannot be looked up', async () => {
    expect(await under({ kind: 'name', at: 0, for: 500, host: 'server' })).toEqual(['EAI_AGAIN at 0', 'answered at 1004']);
  });

  it('slow reader', async () => {
    const world = simulate({ faults: [{ kind: 'slow reader', at: 0, for: 100_000, host: 'server', rate: 10_000 }] });
    const took = await world.run(async () => {
      let seen = 0;
      world.host('server', { boot: ({ net }) => net.createServer((socket) => socket.on('data', (chunk: Buffer) => { seen += chunk.length; })).listen(7) });
      world.host('client').net.connect(7, 'server').write(Buffer.alloc(200_000));
      await world.runUntil(() => seen === 200_000);
      return world.now;
    });
    expect(took).toBeGreaterThan(13_000);
  });

  it('are in the timeline, with the names of the hosts', async () => {
    const world = simulate({ faults: [{ kind: 'partition', at: 0, for: 100, from: 0, to: 3 }] });
    await world.run(persistent);
    expect(String(world.timeline)).toMatch(/server {2}suffers partition server - client for 100 ms/);
    expect(String(world.timeline)).toMatch(/server {2}suffers partition is over/);
  });

  it('a crash spares hosts that could not start again', async () => {
    const world = simulate({ faults: [{ kind: 'crash', at: 0, for: 100, host: 'client' }] });
    expect(await world.run(persistent)).toEqual(['answered at 4']);
  });
});

describe('faults by hand', () => {
  it('a partition is healed once, by what it returned', async () => {
    await simulate().run(async (world) => {
      const server = world.host('server', { boot: echo });
      const client = world.host('client');
      const [one, other] = [world.partition(client, server), world.partition(client, server)];
      one();
      one();
      const socket = client.net.connect(7, 'server');
      await world.advance(100);
      expect(socket.connecting).toBe(true);
      other();
      await once(socket, 'connect');
    });
  });

  it('a net from before a crash is dead, and the new one lives', async () => {
    await simulate().run(async (world) => {
      const boots: number[] = [];
      const server = world.host('server', { boot: (host) => { boots.push(world.now); echo(host); } });
      const client = world.host('client');
      const socket = client.net.connect(7, 'server');
      const events: string[] = [];
      for (const event of ['connect', 'error', 'close'] as const) socket.on(event, () => { events.push(event); });
      const before = server.net;
      server.crash();
      client.crash();
      const late: Socket = before.connect(7, 'client');
      late.on('error', () => { events.push('late error'); }).on('connect', () => { events.push('late connect'); });
      client.restart();
      server.restart();
      await world.advance(300_000);
      expect([events, boots, server.net === before]).toEqual([[], [0, 0], false]);
      await once(client.net.connect(7, 'server'), 'connect');
    });
  });
});
