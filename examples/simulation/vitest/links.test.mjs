import { simulate } from '@netstrata/simulation';
import { expect, it } from 'vitest';
import { bank, deposit } from '../src/bank.cjs';

it('takes as long as its links do', async () => {
  const world = simulate({ link: { latency: 5 } }); // the default for all links
  const server = world.host('bank');
  const near = world.host('near');
  const far = world.host('far', '2001:db8::1');
  world.name('bank', ['10.0.0.1', '2001:db8::2']);
  world.link(far, server, {
    latency: 150, // milliseconds, each way
    jitter: 20, // at most this much more
    loss: 0.01, // probability that a packet has to be sent again
    bandwidth: 10_000, // bytes a second
    segment: [1, 1460], // how bytes are cut
  });
  await world.run(async () => {
    bank(server.net, { balance: 0 }).listen(80);
    await deposit(near.net, { host: server.addresses[0], port: 80 }, 10);
    expect(world.now).toBe(20);
    await expect(deposit(far.net, { host: server.addresses[0], port: 80 }, 10)).rejects.toThrow('ENETUNREACH');
  });
});
