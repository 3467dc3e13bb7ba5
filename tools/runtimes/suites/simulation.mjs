import { deepStrictEqual } from 'node:assert';
import { simulate } from '@netstrata/simulation';
import { runner } from './runner.mjs';

const { describe, it } = runner;

/** A client that goes on dialling until everything has come back. */
async function scenario(world) {
  world.host('server', '10.0.0.1', { boot: ({ net }) => net.createServer((socket) => socket.on('error', () => {}).pipe(socket)).on('error', () => {}).listen(7) });
  const client = world.host('client', '10.0.0.2');
  for (let tries = 1; ; tries++) {
    const socket = client.net.connect(7, 'server');
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', () => {});
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => (text += chunk));
    socket.end('the same everywhere');
    await new Promise((resolve) => socket.once('close', resolve));
    if (text === 'the same everywhere') return tries;
    await world.sleep(100);
  }
}

describe('simulation', () => {
  it('a seed gives the same run on every runtime', async () => {
    const runs = [];
    for (let seed = 1; seed <= 12; seed++) {
      const world = simulate({ seed, link: { latency: 5, jitter: 20, segment: [1, 3], loss: 0.05 }, faults: { most: 8, within: 200, longest: 3000 } });
      const tries = await world.run(scenario);
      runs.push(`${seed}: ${tries} tries, ${world.timeline.count} entries, ${world.now} ms, ${world.timeline.digest}`);
    }
    deepStrictEqual(runs, []);
  });
});
