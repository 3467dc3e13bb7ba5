import { expect, it } from 'vitest';
import { simulate, type Fault } from '../src/index.js';

/** Writes much in one tick, which gathers, and has it wait for a peer that does not read. */
async function digestOf(faults: readonly Fault[]): Promise<string> {
  const world = simulate({ faults, link: { latency: 1 } });
  const server = world.host('server', { boot: ({ net }) => { net.createServer({ pauseOnConnect: true }, (socket) => socket.on('error', () => {})).listen(80); } });
  const client = world.host('client', { boot: () => {} });
  const socket = client.net.connect(80, server.addresses[0], () => {
    for (let i = 0; i < 40; i++) socket.write(new Uint8Array(5000));
  });
  socket.on('error', () => {});
  await world.advance(50);
  world.close();
  return world.timeline.digest;
}

it('is the same run again, whatever crashed or was given up before in this process', async () => {
  const first = await digestOf([]);
  for (let i = 0; i < 20; i++) await digestOf([{ kind: 'crash', at: 20, for: 1, host: 'client' }]);
  expect(await digestOf([])).toBe(first);
});
