import { simulate } from '@netstrata/simulation';
import { expect, it } from 'vitest';
import { bank, deposit } from '../src/bank.cjs';

/** Makes its hosts itself: a replay runs it again in an empty world. */
async function scenario(world) {
  const account = { balance: 0 };
  world.host('bank', { boot: (host) => bank(host.net, account).listen(80) });
  const client = world.host('client');
  world.log('pays');
  await deposit(client.net, { host: 'bank', port: 80 }, 10);
}

it('is the same run again', async () => {
  const world = simulate({ seed: 'monday', link: { latency: 1, jitter: 10 } });
  await world.run(scenario);
  const again = await world.replay();
  expect(again.timeline.digest).toBe(world.timeline.digest);
});

it('can be stopped anywhere, and stepped from there', async () => {
  const world = simulate({ seed: 'monday', link: { latency: 1, jitter: 10 } });
  await world.run(scenario);
  const { number } = world.timeline.entries.find(({ kind }) => kind === 'accept');
  const again = await world.replay({ until: number });
  expect(again.timeline.at(number).text).toContain('is accepted');
  expect(again.explain()).toContain('bank listens on');
  await again.step(); // one event
  await again.runUntil(() => again.outcome !== null); // all the others
  expect(again.timeline.at(world.timeline.count).digest).toBe(world.timeline.digest);
});

it('tells where a run differs', async () => {
  const world = simulate();
  let runs = 0;
  await world.run((here) => {
    here.log('begins');
    here.log(`run ${++runs}`); // depends on more than the seed
  });
  await expect(world.replay()).rejects.toMatchObject({ code: 'ERR_SIMULATION_DIVERGED' });
});
