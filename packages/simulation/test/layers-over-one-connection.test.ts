import { once } from 'node:events';
import { createNet } from '@netstrata/net-compat/core';
import { mux, muxSession, type MuxClock, type MuxTransport } from '@netstrata/transport-mux';
import type { Host } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { simulate, type World, type WorldHost } from '../src/index.js';
import { take } from './support/programs.js';

type Socket = ReturnType<WorldHost['net']['connect']>;

/** The clock of a host, as a session takes it. */
const clockOf = (world: World, { timers }: Host): MuxClock => ({
  setTimeout: (task, milliseconds) => timers(milliseconds, task),
  clearTimeout: (stop) => { (stop as () => void)(); },
  now: () => world.now,
});

/** A server that echoes what comes over the streams of each connection, and a client with one connection for all that it dials there. */
function hosts(world: World): { client: WorldHost; server: WorldHost; far: () => MuxTransport } {
  const server = world.host('server', '10.0.0.1', {
    boot: ({ host, clock }) => {
      const local = { address: '10.0.0.1', port: 9000, family: 'IPv4' } as const;
      host.tcp.listen!(local, {
        onListening() {},
        onConnection(connection) {
          const session = muxSession(connection, { side: 'acceptor', clock: clockOf(world, host) });
          createNet({ tcp: session, clock }).createServer((socket) => { socket.on('error', () => {}).pipe(socket); }).listen(7).on('error', () => {});
        },
        onAcceptError() {},
        onClose() {},
      });
    },
  });
  let far!: MuxTransport;
  const client = world.host('client', '10.0.0.2', {
    routes: (host) => {
      far = mux((sink) => host.tcp.connect({ address: '10.0.0.1', port: 9000, family: 'IPv4' }, sink), {
        clock: clockOf(world, host), keepAlive: 10_000, timeout: 5000,
      });
      return [{ host: '192.0.2.1', transport: far }];
    },
  });
  return { client, server, far: () => far };
}

const dial = ({ net }: WorldHost): Socket => net.connect(7, '192.0.2.1');
const codeOf = async (socket: Socket): Promise<string> => ((await once(socket, 'error')) as [{ code: string }])[0].code;

describe('many connections over one, in a world', () => {
  const talk = (seed: number): [World, Promise<unknown>] => {
    const world = simulate({ seed, link: { latency: 10, jitter: 5, loss: 0.02 } });
    return [world, world.run(async () => {
      const { client, far } = hosts(world);
      const answers = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
        const socket = dial(client);
        socket.end(String(i % 10).repeat(20_000));
        let answer = '';
        for await (const chunk of socket) answer += String(chunk);
        return [answer.length, new Set(answer).size];
      }));
      return [answers, far().dials, world.now];
    })];
  };

  it('all arrives over a link that loses, and the same seed gives the same run', async () => {
    const [world, run] = talk(7);
    const seen = await run;
    expect(seen).toEqual([Array.from({ length: 20 }, () => [20_000, 1]), 1, expect.any(Number)]);
    const [again, rerun] = talk(7);
    expect(await rerun).toEqual(seen);
    expect(again.timeline.digest).toBe(world.timeline.digest);
  });

  it('a round trip is measured in the time of the world', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, far } = hosts(world);
      await once(dial(client), 'connect');
      await world.sleep(10_100);
      return far().roundTrip;
    });
    expect(seen).toBe(20);
  });

  it('a partition is ECONNRESET on every connection once a ping is not answered, and the next one dials again', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, server, far } = hosts(world);
      const sockets = [dial(client), dial(client)];
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      const heal = world.partition(client, server);
      const codes = await Promise.all(sockets.map(codeOf));
      const at = world.now;
      heal();
      const next = dial(client);
      next.write('again');
      return [codes, at, await take(next, 5), far().dials];
    });
    expect(seen).toEqual([['ECONNRESET', 'ECONNRESET'], expect.closeTo(15_020, -2), 'again', 2]);
  });

  it('a server that crashes, and is up again, resets what was open and what was about to open', async () => {
    const world = simulate({ link: { latency: 10 } });
    const seen = await world.run(async () => {
      const { client, server } = hosts(world);
      const open = dial(client);
      await once(open, 'connect');
      const opening = dial(client);
      await world.sleep(5);
      server.crash();
      server.restart();
      open.write('hello');
      const codes = await Promise.all([codeOf(open), codeOf(opening)]);
      const next = dial(client);
      next.write('again');
      return [codes, await take(next, 5)];
    });
    expect(seen).toEqual([['ECONNRESET', 'ECONNRESET'], 'again']);
  });
});
