import { deepStrictEqual } from 'node:assert';
import { simulate } from '@netstrata/simulation';
import { runner } from './runner.mjs';

const { describe, it } = runner;

/** A client that connects again until everything has come back. */
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
    deepStrictEqual(runs, [
      '1: 2 tries, 68 entries, 2213.886 ms, f336846be7f9f539',
      '2: 1 tries, 41 entries, 74.055 ms, 9c188d5a2ee3861f',
      '3: 1 tries, 41 entries, 63.427 ms, 4d80aea2407bb890',
      '4: 2 tries, 77 entries, 3655.085 ms, e6e214ab10b9c778',
      '5: 1 tries, 48 entries, 2245.026 ms, 7d69a7a889e777d3',
      '6: 1 tries, 58 entries, 1524.672 ms, e0084c00c7afc56d',
      '7: 1 tries, 39 entries, 271.505 ms, 88f31d46693126a3',
      '8: 1 tries, 43 entries, 1268.765 ms, d3f1075e1b672d1b',
      '9: 29 tries, 113 entries, 4071.582 ms, a2cc7aa885c2ac9e',
      '10: 14 tries, 74 entries, 1399.542 ms, 043341c64feceef0',
      '11: 1 tries, 43 entries, 270.829 ms, 7517e696a1efa250',
      '12: 2 tries, 55 entries, 2167.593 ms, 1f3fc329a9eb14c7',
    ]);
  });
});
