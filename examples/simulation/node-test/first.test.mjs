import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from '@netstrata/simulation';
import { bank, deposit } from '../src/bank.cjs';

test('pays in', async () => {
  const world = simulate();
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  await world.run(async () => {
    bank(server.net, account).listen(80);
    assert.equal(await deposit(client.net, { host: 'bank', port: 80 }, 10), 10);
  });
  assert.equal(world.now, 4);
});
