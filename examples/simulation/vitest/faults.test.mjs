import { simulate } from '@netstrata/simulation';
import { expect, it } from 'vitest';
import { bank, deposit } from '../src/bank.cjs';

/** A bank that opens again after a crash, with what was in its account, and a client. */
function scene(options) {
  const world = simulate(options);
  const account = { balance: 0 };
  const server = world.host('bank', { boot: (host) => bank(host.net, account).listen(80) });
  const client = world.host('client');
  return { world, account, server, client, pay: () => deposit(client.net, { host: 'bank', port: 80 }, 10) };
}

it('is what you do to a world in a scenario', async () => {
  const { world, server, client, account, pay } = scene();
  await world.run(async () => {
    server.refuse(); // ECONNREFUSED, until
    await expect(pay()).rejects.toThrow('ECONNREFUSED');
    server.refuse(false);

    server.crash(); // nobody is notified
    await expect(pay()).rejects.toThrow('no answer');
    server.restart(); // runs `boot` again

    const heal = world.partition(client, server);
    const paid = pay();
    await world.sleep(1500);
    heal();
    expect(await paid).toBe(10);

    world.reset(server, client, 1); // the connection that carries the byte after the next one
    expect(await pay()).toBe(30); // paid in twice: that is a bug
    expect(account.balance).toBe(30);
  });
});

it('is a schedule that a world is given', async () => {
  const { world, account, pay } = scene({
    faults: [
      { kind: 'partition', at: 0, for: 100, from: 'client', to: 'bank', oneWay: true }, // nothing gets through
      { kind: 'link', at: 0, for: 100, from: 'client', to: 'bank', link: { latency: 50 } }, // the link is like this
      { kind: 'reset', at: 0, from: 'bank', to: 'client', after: 10 }, // the connection that carries a byte
      { kind: 'crash', at: 100, for: 100, host: 'bank' }, // it loses everything, and starts again
      { kind: 'pause', at: 300, for: 100, host: 'bank' }, // its program stands still, its kernel does not
      { kind: 'refuse', at: 500, for: 100, host: 'bank' }, // ECONNREFUSED
      { kind: 'ignore', at: 700, for: 100, host: 'bank' }, // nobody answers
      { kind: 'slow reader', at: 900, for: 100, host: 'bank', rate: 1000 }, // bytes a second
      { kind: 'files', at: 1100, for: 100, host: 'bank' }, // it can open no more: EMFILE, and who connects to it is cut off
      { kind: 'ports', at: 1300, for: 100, host: 'client' }, // it has no free port to connect from: EADDRNOTAVAIL
      { kind: 'name', at: 1500, for: 100, host: 'bank' }, // name servers do not answer: EAI_AGAIN
    ],
  });
  await world.run(async () => {
    await world.sleep(1550);
    await expect(pay()).rejects.toThrow('EAI_AGAIN');
    await world.sleep(500);
    expect(await pay()).toBe(10);
  });
  expect(account.balance).toBe(10);
  expect(world.timeline.entries.filter(({ kind }) => kind === 'fault')).toHaveLength(21);
});

it('is drawn from the seed', () => {
  const { world } = scene({ seed: 42, faults: { most: 5, within: 5000, longest: 3000, kinds: ['crash', 'partition'] } });
  const { world: again } = scene({ seed: 42, faults: { most: 5, within: 5000, longest: 3000, kinds: ['crash', 'partition'] } });
  expect(again.faults).toEqual(world.faults);
});
