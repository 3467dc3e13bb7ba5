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
      '1: 3 tries, 83 entries, 2562.092 ms, b338752472e7198d',
      '2: 1 tries, 41 entries, 74.055 ms, 9c188d5a2ee3861f',
      '3: 1 tries, 52 entries, 2456.789 ms, 3c81e1460114b3b3',
      '4: 2 tries, 77 entries, 3655.085 ms, e6e214ab10b9c778',
      '5: 2 tries, 64 entries, 3559.349 ms, 714dcc50160fef8e',
      '6: 1 tries, 58 entries, 1524.672 ms, 1081c492e79f70e9',
      '7: 1 tries, 39 entries, 271.505 ms, 88f31d46693126a3',
      '8: 1 tries, 43 entries, 1268.765 ms, d3f1075e1b672d1b',
      '9: 29 tries, 113 entries, 4071.582 ms, 62b3126af6ac0e9a',
      '10: 14 tries, 74 entries, 1399.542 ms, 043341c64feceef0',
      '11: 1 tries, 43 entries, 270.829 ms, 7517e696a1efa250',
      '12: 2 tries, 55 entries, 2167.593 ms, 1f3fc329a9eb14c7',
    ]);
  });
});
