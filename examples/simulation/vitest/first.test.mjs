import { simulate } from '@netstrata/simulation';
import { expect, it } from 'vitest';
import { bank, deposit } from '../src/bank.cjs';

it('pays in', async () => {
  const world = simulate();
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  await world.run(async () => {
    bank(server.net, account).listen(80);
    expect(await deposit(client.net, { host: 'bank', port: 80 }, 10)).toBe(10);
  });
  expect(world.now).toBe(4); // milliseconds: two ways to connect, two to ask and be answered
});
