import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { connect, createServer, Socket } from '../src/index.js';

afterEach(() => {
  vi.useRealTimers();
});

it('timeouts of sockets are real while a test fakes time, as with node:net', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date'] });
  const socket = new Socket();
  const fired = once(socket, 'timeout');
  socket.setTimeout(1);
  const patient = new Socket();
  patient.setTimeout(1_000_000, () => expect.unreachable());
  vi.advanceTimersByTime(2_000_000);
  await fired;
  patient.destroy();
});

it('a socket that is destroyed before it connects closes while a test fakes time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date'] });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  socket.destroy();
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
});
