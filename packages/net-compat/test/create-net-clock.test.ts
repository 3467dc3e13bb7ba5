import { once } from 'node:events';
import type { Transport } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import { fortyLines } from '../../../examples/custom-transport/src/forty-lines.js';
import { createNet, type Clock, type Socket, type Timer } from '../src/core.js';

/** A clock that stands still: ticks and time pass when it is told. */
class StoppedClock implements Clock {
  time = 0;
  readonly ticks: (() => void)[] = [];
  readonly timers = new Map<Timer, { at: number; task: () => void }>();

  readonly nextTick = <T>(task: (argument: T) => void, argument: T): void => {
    this.ticks.push(() => {
      task(argument);
    });
  };

  setTimeout(task: () => void, milliseconds: number): Timer {
    const timer: Timer = { refresh: () => this.timers.set(timer, { at: this.time + milliseconds, task }) };
    timer.refresh();
    return timer;
  }

  clearTimeout(timer: Timer): void {
    this.timers.delete(timer);
  }

  /** Lets the ticks that wait come, and those that they ask for. */
  tick(): void {
    for (let next = this.ticks.shift(); next !== undefined; next = this.ticks.shift()) next();
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const [timer, { at, task }] of [...this.timers]) {
      if (at > this.time) continue;
      this.timers.delete(timer);
      task();
    }
    this.tick();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('events wait for the ticks of the clock', async () => {
  const clock = new StoppedClock();
  const net = createNet({ ipc: fortyLines, clock });
  const server = net.createServer();
  const seen: string[] = [];
  server.on('close', () => seen.push('close'));
  server.close((error) => seen.push((error as NodeJS.ErrnoException).code!));
  server.getConnections((_, count) => seen.push(`count ${count}`));
  await turn();
  expect(seen).toEqual([]);
  clock.tick();
  expect(seen).toEqual(['close', 'ERR_SERVER_NOT_RUNNING', 'count 0']);

  const socket = new net.Socket();
  socket.on('error', (error: Error) => seen.push(error.message)).on('close', () => seen.push('socket closed'));
  socket.destroy(new Error('enough'));
  await turn();
  expect(seen).toHaveLength(3);
  clock.tick();
  expect(seen.slice(3)).toEqual(['enough', 'socket closed']);
});

it('a timeout fires when the clock says so, and starts again when bytes move', async () => {
  const clock = new StoppedClock();
  const net = createNet({ ipc: fortyLines, clock });
  const server = net.createServer().listen('timed');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const client = net.connect('timed');
  const [peer] = await accepted;
  let timeouts = 0;
  client.setTimeout(1000, () => timeouts++);
  clock.advance(999);
  expect(timeouts).toBe(0);
  peer.write('bytes');
  const data = once(client, 'data');
  clock.tick();
  await data;
  clock.advance(999);
  expect(timeouts).toBe(0);
  clock.advance(1);
  expect(timeouts).toBe(1);
  client.setTimeout(0);
  expect(clock.timers.size).toBe(0);
  client.destroy();
  peer.destroy();
  server.close();
  clock.tick();
});

it('names are resolved by the lookup that is given, for connecting and for listening', async () => {
  const asked: unknown[] = [];
  const places: unknown[] = [];
  const watched: Transport = {
    name: 'watched', capabilities: tcp.capabilities,
    connect: (...args) => (places.push(args[0]), tcp.connect(...args)),
    listen: (...args) => (places.push(args[0]), tcp.listen!(...args)),
  };
  const net = createNet({
    tcp: watched,
    lookup: (name, options, callback) => {
      asked.push([name, options.all]);
      process.nextTick(callback, null, [{ address: '127.0.0.1', family: 4 }]);
    },
  });
  const server = net.createServer((peer) => peer.destroy()).listen(0, 'server.example');
  await once(server, 'listening');
  const { port, address } = server.address() as { port: number; address: string };
  expect(address).toBe('127.0.0.1');
  const client = net.connect({ port, host: 'client.example' });
  await once(client, 'connect');
  expect(asked).toEqual([['server.example', true], ['client.example', true]]);
  expect(places).toEqual([{ address: '127.0.0.1', port: 0, family: 'IPv4' }, { address: '127.0.0.1', port, family: 'IPv4' }]);
  client.destroy();
  const close = once(server, 'close');
  server.close();
  await close;
});
